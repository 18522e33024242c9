package org.lrsweep.schedule;

/**
 * The same learning rate at every step.
 *
 * @param lr finite and {@code >= 0}
 */
public record FixedSchedule(double lr) implements Schedule {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException if lr is out of its range
   */
  public FixedSchedule {
    Check.require(Double.isFinite(lr) && lr >= 0, "lr must be finite and >= 0, found " + lr);
  }

  @Override
  public double learningRate(long step) {
    return lr;
  }
}
