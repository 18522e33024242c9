package org.lrsweep.training;

import java.util.List;

/**
 * What the workers of a round report. The state that they left behind stays with the {@link
 * EngineRun}.
 *
 * @param steps one a step trained; fewer than the round had if a loss was not finite
 * @param trainingNanos how long the slowest worker's steps took, in nanoseconds; what is left of
 *     the round's time is overhead
 */
public record RoundResult(List<TrainedStep> steps, long trainingNanos) {

  public RoundResult {
    steps = List.copyOf(steps);
  }

  /** Whether all losses are finite. */
  public boolean finite() {
    return steps.stream().allMatch(step -> Double.isFinite(step.loss()));
  }

  /**
   * One step, over all workers.
   *
   * @param learningRate the rate of this step
   * @param loss mean loss of its examples before the update
   * @param correct examples that the network classified rightly before the update
   * @param examples how many examples
   */
  public record TrainedStep(double learningRate, double loss, long correct, long examples) {}
}
