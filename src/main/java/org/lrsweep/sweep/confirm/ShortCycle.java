package org.lrsweep.sweep.confirm;

/**
 * One cycle of a candidate. It is cut into equal parts of an epoch at most, since a trial's epochs
 * are; each part draws its examples anew from the whole training set.
 *
 * @param parts {@code >= 1}
 * @param stepsPerPart {@code >= 1}
 */
public record ShortCycle(int parts, int stepsPerPart) {

  /**
   * The cycle that is nearest to a length.
   *
   * @param epochs its length, {@code > 0}
   * @param stepsPerEpoch of the training set, {@code >= 1}
   */
  public static ShortCycle of(double epochs, int stepsPerEpoch) {
    int parts = (int) Math.ceil(epochs);
    long steps = Math.round(epochs * stepsPerEpoch / parts);
    return new ShortCycle(parts, (int) Math.max(1, steps));
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public ShortCycle {
    if (parts < 1 || stepsPerPart < 1) {
      throw new IllegalArgumentException(
          "parts and stepsPerPart must be >= 1, found " + parts + " and " + stepsPerPart);
    }
  }

  /** Steps of the whole cycle. */
  public int steps() {
    return Math.multiplyExact(parts, stepsPerPart);
  }
}
