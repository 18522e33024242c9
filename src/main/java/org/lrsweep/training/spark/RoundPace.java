package org.lrsweep.training.spark;

import java.util.concurrent.TimeUnit;

/**
 * How many rounds to train in one job, as learnt from those before: so many that the job's own cost
 * does not count, so few that little is lost with an executor. Runs of like networks, batches and
 * workers may share it; then only the first has to feel its way.
 *
 * <p>Thread-safe.
 */
public final class RoundPace {
  /** A hundred times what a job costs on a cluster whose JVMs have just begun. */
  private static final long AIM_NANOS = TimeUnit.SECONDS.toNanos(16);

  /** How much longer than the last a job may be: one measured by chance as fast misleads little. */
  private static final int GROWTH = 8;

  private int longest = 1;

  /** Knows nothing yet: the first job is of one round. */
  public RoundPace() {}

  synchronized int longest() {
    return longest;
  }

  /**
   * Learns from a job.
   *
   * @param nanos its rounds' time, without waiting for slots or lost workers
   * @param rounds how many it had
   */
  synchronized void took(long nanos, int rounds) {
    long fitting = Math.max(1, AIM_NANOS * rounds / Math.max(1, nanos));
    long grown = Math.min(fitting, (long) GROWTH * Math.max(longest, rounds));
    // The end of an epoch is a short job, by which a round seems longer than it is.
    longest = (int) (nanos > AIM_NANOS ? fitting : Math.max(longest, grown));
  }
}
