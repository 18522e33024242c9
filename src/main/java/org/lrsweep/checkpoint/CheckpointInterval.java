package org.lrsweep.checkpoint;

import java.time.Duration;

/** How far apart the checkpoints of a training run are. */
@FunctionalInterface
public interface CheckpointInterval {

  /**
   * Whether another one is due.
   *
   * @param steps made since the last one, or since the start
   * @param time passed since the last one, or since the start
   */
  boolean isOver(long steps, Duration time);

  /**
   * So many steps.
   *
   * @param count {@code >= 1}
   */
  static CheckpointInterval steps(long count) {
    return (steps, time) -> steps >= count;
  }

  /**
   * So much time. The rounds of one job are trained in between, so a checkpoint comes at the end of
   * the job in which the time is over.
   */
  static CheckpointInterval time(Duration least) {
    return (steps, time) -> steps > 0 && time.compareTo(least) >= 0;
  }
}
