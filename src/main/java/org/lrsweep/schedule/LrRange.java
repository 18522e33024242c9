package org.lrsweep.schedule;

/**
 * Bounds of a learning rate.
 *
 * @param baseLr {@code > 0}
 * @param maxLr {@code >= baseLr}; equal to it for a learning rate that does not change
 */
public record LrRange(double baseLr, double maxLr) {

  /** Smith's rule of thumb where only the upper bound is known: base = max / 4 (2017, sec. 3.3). */
  private static final double MAX_TO_BASE = 4;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bound that is out of its range
   */
  public LrRange {
    Check.require(baseLr > 0, "base LR must be > 0, found " + baseLr);
    Check.require(
        maxLr >= baseLr && Double.isFinite(maxLr),
        "max LR must be >= base LR (" + baseLr + ") and finite, found " + maxLr);
  }

  /** The range from a quarter of a learning rate up to it. */
  public static LrRange upTo(double maxLr) {
    return new LrRange(maxLr / MAX_TO_BASE, maxLr);
  }
}
