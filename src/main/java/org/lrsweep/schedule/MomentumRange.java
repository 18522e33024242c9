package org.lrsweep.schedule;

/**
 * Bounds between which a momentum cycles.
 *
 * @param base the momentum where the learning rate peaks, {@code 0 <= base <= max}
 * @param max the momentum where the learning rate is lowest, {@code < 1}
 */
public record MomentumRange(double base, double max) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public MomentumRange {
    Check.require(max >= 0 && max < 1, "max must be >= 0 and < 1, found " + max);
    Check.require(
        base >= 0 && base <= max, "base must be >= 0 and <= max (" + max + "), found " + base);
  }
}
