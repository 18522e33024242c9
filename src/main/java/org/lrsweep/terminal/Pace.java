package org.lrsweep.terminal;

import java.time.Duration;
import java.util.Optional;

/**
 * How long something still takes if it goes on as fast as so far. What was done before the first
 * reading is not counted, as after a run was resumed. Not thread-safe.
 */
public final class Pace {
  private long startedAt;
  private long startedWith = -1;
  private long reachedAt;
  private long reached;

  /**
   * Takes a reading.
   *
   * @param done what is done by now; a lower number than the last is not believed
   * @param nanos when
   */
  public void reached(long done, long nanos) {
    if (startedWith < 0) {
      startedWith = done;
      startedAt = nanos;
      reached = done;
      reachedAt = nanos;
    } else if (done > reached) {
      reached = done;
      reachedAt = nanos;
    }
  }

  /** What was done since the first reading. */
  public long done() {
    return reached - Math.max(0, startedWith);
  }

  /**
   * The time left until {@code total} is done; empty before there are two readings.
   *
   * @param nanos now
   */
  public Optional<Duration> left(long total, long nanos) {
    long done = done();
    if (done <= 0 || reachedAt == startedAt) {
      return Optional.empty();
    }
    double nanosPerUnit = (double) (reachedAt - startedAt) / done;
    double left = nanosPerUnit * (total - reached) - (nanos - reachedAt);
    return Optional.of(Duration.ofNanos(Math.max(0, Math.round(left))));
  }
}
