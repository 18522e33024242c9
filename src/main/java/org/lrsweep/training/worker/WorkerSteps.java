package org.lrsweep.training.worker;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The steps that a worker trained in a round.
 *
 * @param losses one a step, mean over this worker's examples
 * @param correct one a step: examples classified rightly
 * @param examples one a step: examples trained on
 * @param answers one a step: those that could be right or wrong; none of a regression
 * @param trainingNanos how long the steps themselves took
 */
@SuppressWarnings("ArrayRecordComponent") // travels once from executor to driver
public record WorkerSteps(
    double[] losses, int[] correct, int[] examples, int[] answers, long trainingNanos)
    implements Serializable {

  int count() {
    return losses.length;
  }

  public Share share() {
    return new Share(Arrays.stream(examples).asLongStream().sum(), finite());
  }

  /** Whether all losses are finite. */
  public boolean finite() {
    return Arrays.stream(losses).allMatch(Double::isFinite);
  }

  /** Whether the worker had examples for its last step. */
  boolean endedWithExamples() {
    return examples[examples.length - 1] > 0;
  }
}
