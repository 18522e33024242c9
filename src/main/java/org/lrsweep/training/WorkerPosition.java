package org.lrsweep.training;

import java.io.Serializable;
import org.lrsweep.data.SplitMix64;

/**
 * Which of the workers a task is. Random numbers depend on it and on the step, never on the task's
 * attempt or the executor, so a repeated task draws the same ones.
 *
 * @param worker {@code 0 <= worker < workers}
 * @param workers how many share each batch
 * @param seed the run's seed
 */
public record WorkerPosition(int worker, int workers, long seed) implements Serializable {

  /** The seed of a step's random numbers (dropout's). */
  public long seedOf(long step) {
    return SplitMix64.mixed(SplitMix64.mixed(SplitMix64.mixed(seed) + step) + worker);
  }

  /** The seed of the order that this worker takes its examples in. */
  public long orderSeed() {
    return SplitMix64.mixed(SplitMix64.mixed(seed) ^ worker);
  }
}
