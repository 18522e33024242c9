package org.lrsweep.sweep;

import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.CyclicalSchedule;

/**
 * One CLR run to be made.
 *
 * @param id names it within the sweep; letters, digits and dashes
 * @param policy how the cycles' amplitude changes
 * @param stepSizeEpochs half a cycle in epochs
 * @param stepSizeSteps half a cycle in steps, {@code >= 1}
 * @param baseLr lower bound, {@code > 0}
 * @param maxLr upper bound, {@code > baseLr}
 * @param gamma of exp_range
 * @param batchSize examples in one step over all workers
 * @param epochs passes over the training set, {@code >= 1}
 * @param stepsPerEpoch steps of a pass, {@code >= 1}
 * @param seed of initial parameters, the order of the examples, augmentation and dropout
 */
public record Trial(
    String id,
    CyclicPolicy policy,
    double stepSizeEpochs,
    long stepSizeSteps,
    double baseLr,
    double maxLr,
    double gamma,
    int batchSize,
    int epochs,
    int stepsPerEpoch,
    long seed) {

  /** The learning rate of each step. */
  public CyclicalSchedule schedule() {
    return new CyclicalSchedule(policy, baseLr, maxLr, stepSizeSteps, gamma);
  }
}
