package org.lrsweep.training.spark;

import java.util.function.BooleanSupplier;

/** How many rounds a run trains in its next job. It changes no result. */
final class StintLength {
  /** Rounds of one job each after that: as a rule the cluster has no slot for all workers. */
  private static final int ROUNDS_APART = 50;

  private final StintPace pace;
  private final BooleanSupplier canTrainTogether;
  private int apart;

  /**
   * @param pace what is known of rounds like the run's
   * @param canTrainTogether whether all workers can train at the same time
   */
  StintLength(StintPace pace, BooleanSupplier canTrainTogether) {
    this.pace = pace;
    this.canTrainTogether = canTrainTogether;
  }

  /**
   * How many rounds to train next, of those that are asked for: stints of equal length, up to half
   * longer than the pace has it, since a short one at the end would cost as much as a long one.
   */
  int next(int asked) {
    int longest = pace.longest();
    if (asked == 1 || apart > 0 || longest == 1 || !canTrainTogether.getAsBoolean()) {
      return 1;
    }
    long stints = Math.max(1, Math.round((double) asked / longest));
    return (int) ((asked + stints - 1) / stints);
  }

  /** A stint has been trained; its rounds took so long. */
  void took(long nanos, int rounds) {
    if (apart > 0) {
      apart = Math.max(0, apart - rounds);
    } else {
      pace.took(nanos, rounds);
    }
  }

  /** A worker was lost, or had no slot, while others waited for it. */
  void cameApart() {
    apart = ROUNDS_APART;
  }
}
