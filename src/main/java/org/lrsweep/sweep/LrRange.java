package org.lrsweep.sweep;

/**
 * Bounds of a cyclical learning rate.
 *
 * @param baseLr {@code > 0}
 * @param maxLr {@code > baseLr}
 */
public record LrRange(double baseLr, double maxLr) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bound that is out of its range
   */
  public LrRange {
    if (!(baseLr > 0)) {
      throw new IllegalArgumentException("base LR must be > 0, found " + baseLr);
    }
    if (!(maxLr > baseLr) || Double.isInfinite(maxLr)) {
      throw new IllegalArgumentException(
          "max LR must be > base LR (" + baseLr + ") and finite, found " + maxLr);
    }
  }
}
