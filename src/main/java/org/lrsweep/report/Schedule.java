package org.lrsweep.report;

import org.lrsweep.results.TrialRow;
import org.lrsweep.terminal.Numbers;

/** What makes two trials' learning rates the same. */
record Schedule(
    String policy, double stepSizeEpochs, long stepSizeSteps, double baseLr, double maxLr) {
  static Schedule of(TrialRow trial) {
    return new Schedule(
        trial.policy(),
        trial.stepSizeEpochs(),
        trial.stepSizeSteps(),
        trial.baseLr(),
        trial.maxLr());
  }

  /** Whether a trial's step size says something: one_cycle, linear and constant have none. */
  static boolean hasStepSize(TrialRow trial) {
    return of(trial).hasStepSize();
  }

  private boolean hasStepSize() {
    return baseLr < maxLr && !policy.equals("one_cycle");
  }

  /** Policy and step size, e.g. "triangular 2 epochs", or policy and upper bound. */
  String label() {
    if (!hasStepSize()) {
      return policy + " " + Numbers.rate(maxLr);
    }
    return policy
        + " "
        + Numbers.plain(stepSizeEpochs)
        + (stepSizeEpochs == 1 ? " epoch" : " epochs");
  }
}
