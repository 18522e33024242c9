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

  /** Policy and step size, e.g. "triangular 2 epochs", or what stays constant. */
  String label() {
    if (baseLr == maxLr) {
      return policy + " " + Numbers.rate(maxLr);
    }
    return policy
        + " "
        + Numbers.plain(stepSizeEpochs)
        + (stepSizeEpochs == 1 ? " epoch" : " epochs");
  }
}
