package org.lrsweep.training;

import java.util.List;

/**
 * What a round left behind.
 *
 * @param state the workers' averaged state, to go on from
 * @param steps one a step trained; fewer than the round had if a loss was not finite
 */
public record RoundResult(TrainingState state, List<TrainedStep> steps) {

  public RoundResult {
    steps = List.copyOf(steps);
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
