package org.lrsweep.data;

import java.util.Arrays;

/**
 * The shares of a training set that its workers have for a whole run. Of each W consecutive
 * examples, for W workers, every worker gets one, and which one is drawn anew for each such block:
 * shares are equal in size but for one example, a set sorted by class is shared fairly, and so is
 * one whose classes alternate. (Permuted-block randomisation, as in clinical trials.) One worker's
 * share is the set in its order.
 */
public final class WorkerShares {

  /** Sets these draws apart from those of epochs' orders and of the augmentation. */
  private static final long SHARES = 0x7368617265734c52L;

  private WorkerShares() {}

  /**
   * Whose an example is; a pure function of its arguments.
   *
   * @param example its index in the whole set, {@code >= 0}
   * @param workers {@code >= 1}
   * @param seed the run's or trial's seed
   */
  public static int workerOf(long example, int workers, long seed) {
    return block(example / workers, workers, seed)[(int) (example % workers)];
  }

  /**
   * What a worker has, in ascending order.
   *
   * @param worker {@code 0 <= worker < workers}
   * @param workers {@code >= 1}
   * @param examples the size of the whole set, {@code >= 0}
   * @param seed the run's or trial's seed
   */
  public static int[] of(int worker, int workers, int examples, long seed) {
    int[] share = new int[examples / workers + 1];
    int count = 0;
    for (int first = 0; first < examples; first += workers) {
      int[] block = block(first / workers, workers, seed);
      for (int i = 0; i < workers && first + i < examples; i++) {
        if (block[i] == worker) {
          share[count++] = first + i;
        }
      }
    }
    return Arrays.copyOf(share, count);
  }

  /** The workers in a block's order (Fisher-Yates). */
  private static int[] block(long number, int workers, long seed) {
    SplitMix64 random = SplitMix64.keyed(seed, SHARES, number);
    int[] order = new int[workers];
    for (int i = 0; i < workers; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
