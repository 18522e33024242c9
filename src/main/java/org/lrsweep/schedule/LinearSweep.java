package org.lrsweep.schedule;

/**
 * The growth of a range test in Smith's original form: every step adds the same amount to the
 * learning rate.
 *
 * @param startLr the learning rate of step 0, {@code > 0}
 * @param endLr the learning rate that step {@code steps} would have, {@code > startLr}
 * @param steps how many steps the test has, {@code >= 1}
 */
public record LinearSweep(double startLr, double endLr, long steps) implements Schedule {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public LinearSweep {
    Check.growth(startLr, endLr);
    Check.atLeast("steps", steps, 1);
  }

  @Override
  public double learningRate(long step) {
    return startLr + (endLr - startLr) * ((double) step / steps);
  }
}
