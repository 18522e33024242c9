package org.lrsweep.training;

import java.io.Serializable;

/**
 * Which of the workers a task is. Random numbers depend on it and on the step, never on the task's
 * attempt or the executor, so a repeated task draws the same ones.
 *
 * @param worker {@code 0 <= worker < workers}
 * @param workers how many share each batch
 * @param seed the run's seed
 */
public record WorkerPosition(int worker, int workers, long seed) implements Serializable {

  /** The seed of a step's random numbers (dropout's), mixed as SplitMix64 does. */
  public long seedOf(long step) {
    return mix(mix(mix(seed) + step) + worker);
  }

  /** The seed of the order that this worker takes its examples in. */
  public long orderSeed() {
    return mix(mix(seed) ^ worker);
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
