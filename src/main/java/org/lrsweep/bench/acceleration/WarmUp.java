package org.lrsweep.bench.acceleration;

import java.time.Duration;

/**
 * What runs before anything is timed. A network whose step takes milliseconds trains hundreds of
 * them until the JVM has compiled what they run, on a core that the network would have.
 *
 * @param time how long at least, {@code >= 0}
 */
record WarmUp(Duration time) {
  private static final int RUNS = 2;

  WarmUp {
    if (time.isNegative()) {
      throw new IllegalArgumentException("the warm-up must be >= 0 s, found " + time);
    }
  }

  /** Runs an action for that long, and twice at least. */
  void run(Runnable action) {
    long start = System.nanoTime();
    for (int runs = 0; runs < RUNS || System.nanoTime() - start < time.toNanos(); runs++) {
      action.run();
    }
  }
}
