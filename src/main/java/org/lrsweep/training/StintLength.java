package org.lrsweep.training;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How many rounds to train in one job: so many that the job's own cost does not count, so few that
 * little is lost with an executor. It changes no result.
 */
final class StintLength {
  private static final long AIM_NANOS = TimeUnit.SECONDS.toNanos(8);

  /** Rounds of one job each after that: as a rule the cluster has no slot for all workers. */
  private static final int ROUNDS_APART = 50;

  private final BooleanSupplier canTrainTogether;
  private int longest = 1;
  private int apart;

  /**
   * @param canTrainTogether whether all workers can train at the same time
   */
  StintLength(BooleanSupplier canTrainTogether) {
    this.canTrainTogether = canTrainTogether;
  }

  /** How many rounds to train next, of those that are asked for. */
  int next(int asked) {
    if (asked == 1 || apart > 0 || longest == 1 || !canTrainTogether.getAsBoolean()) {
      return 1;
    }
    return Math.min(asked, longest);
  }

  /** A stint has been trained. */
  void took(long nanos, int rounds) {
    apart = Math.max(0, apart - rounds);
    // At most doubled: the first rounds are slow, and the next ones may be too.
    long twice = 2L * Math.max(longest, rounds);
    longest = (int) Math.max(1, Math.min(twice, AIM_NANOS * rounds / Math.max(1, nanos)));
  }

  /** A worker was lost, or had no slot, while others waited for it. */
  void cameApart() {
    apart = ROUNDS_APART;
  }
}
