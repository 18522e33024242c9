package org.lrsweep.sweep;

import java.util.Optional;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.schedule.Schedule;

/**
 * One CLR run to be made.
 *
 * @param id names it within the sweep; letters, digits and dashes
 * @param policy how the learning rate moves between its bounds
 * @param stepSizeEpochs half a cycle in epochs; all epochs where nothing cycles
 * @param stepSizeSteps half a cycle in steps, {@code >= 1}
 * @param baseLr lower bound, {@code > 0}
 * @param maxLr upper bound, {@code >= baseLr}
 * @param gamma of exp_range
 * @param batchSize examples in one step over all workers
 * @param epochs passes over the training set, {@code >= 1}
 * @param stepsPerEpoch steps of a pass, {@code >= 1}
 * @param seed of initial parameters, the order of the examples, augmentation and dropout
 * @param rangeMethod the range method that chose the bounds; empty if a user did
 */
public record Trial(
    String id,
    TrialPolicy policy,
    double stepSizeEpochs,
    long stepSizeSteps,
    double baseLr,
    double maxLr,
    double gamma,
    int batchSize,
    int epochs,
    int stepsPerEpoch,
    long seed,
    Optional<String> rangeMethod) {

  /** The learning rate of each step. */
  public Schedule schedule() {
    return policy.schedule(new LrRange(baseLr, maxLr), stepSizeSteps, gamma);
  }
}
