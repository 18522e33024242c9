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
   * @param correct answers that were right before the update: of a classification as many as
   *     examples were classified rightly
   * @param examples how many examples
   * @param answers how many could be right or wrong: of a classification one for each example, or
   *     for each step of a sequence, of several labels one for each of them, of a regression none
   */
  public record TrainedStep(
      double learningRate, double loss, long correct, long examples, long answers) {

    /** A step of a classification. */
    public TrainedStep(double learningRate, double loss, long correct, long examples) {
      this(learningRate, loss, correct, examples, examples);
    }

    /** The share of right answers, 0 to 1; NaN if none can be. */
    public double accuracy() {
      return answers == 0 ? Double.NaN : (double) correct / answers;
    }
  }
}
