package org.lrsweep.training.spark;

import java.util.function.BooleanSupplier;

/** The number of rounds that a run trains in its next job. It changes no result. */
final class RoundsPerJob {
  /** Rounds of a job each after a broken barrier: as a rule not all workers have a slot. */
  private static final int ROUNDS_SINGLY = 50;

  private final RoundPace pace;
  private final BooleanSupplier canRunMultiRoundJobs;

  /** Rounds of a job each that are left. */
  private int singly;

  /**
   * @param pace what is known of rounds like the run's
   * @param canRunMultiRoundJobs whether all workers can train at the same time
   */
  RoundsPerJob(RoundPace pace, BooleanSupplier canRunMultiRoundJobs) {
    this.pace = pace;
    this.canRunMultiRoundJobs = canRunMultiRoundJobs;
  }

  /**
   * How many rounds to train next, of those that are asked for: jobs of equal length, up to half
   * longer than the pace has it, since a short one at the end would cost as much as a long one.
   */
  int next(int asked) {
    int longest = pace.longest();
    if (asked == 1 || singly > 0 || longest == 1 || !canRunMultiRoundJobs.getAsBoolean()) {
      return 1;
    }
    long jobs = Math.max(1, Math.round((double) asked / longest));
    return (int) ((asked + jobs - 1) / jobs);
  }

  /** A job has been trained; its rounds took so long. */
  void took(long nanos, int rounds) {
    if (singly > 0) {
      singly = Math.max(0, singly - rounds);
    } else {
      pace.took(nanos, rounds);
    }
  }

  /** A worker was lost, or had no slot, while others waited at the barrier. */
  void barrierBroke() {
    singly = ROUNDS_SINGLY;
  }
}
