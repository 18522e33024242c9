package org.lrsweep.data;

/** The order in which an epoch goes through the training set. */
public final class EpochOrder {

  /** Sets these draws apart from the augmentation's, whose second key is an int. */
  private static final long ORDER = 0x6f726465724c5253L;

  private EpochOrder() {}

  /**
   * A uniformly drawn permutation of 0 to examples - 1; a pure function of its arguments
   * (Fisher-Yates, driven by SplitMix64).
   *
   * @param examples how many examples there are, at least 0
   * @param seed the run's or trial's seed
   * @param epoch the epoch; each has its own order
   */
  public static int[] permutation(int examples, long seed, int epoch) {
    SplitMix64 random = SplitMix64.keyed(seed, ORDER, epoch);
    int[] order = new int[examples];

    for (int i = 0; i < examples; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }

    return order;
  }
}
