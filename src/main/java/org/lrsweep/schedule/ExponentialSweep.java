package org.lrsweep.schedule;

/**
 * The growth of a range test: every step multiplies the learning rate by the same factor.
 *
 * <p>The learning rate is computed as {@code startLr * multiplier^step} and not by multiplying step
 * after step, so that any step can be asked for; the two differ by rounding only (below 1e-12
 * relative over a hundred thousand steps' products, since each product rounds by at most 1.2e-16).
 *
 * @param startLr the learning rate of step 0, {@code > 0}
 * @param endLr the learning rate that step {@code steps} would have, {@code > startLr}; the last
 *     step of the test, {@code steps - 1}, is one multiplication short of it
 * @param steps how many steps the test has, {@code >= 1}
 */
public record ExponentialSweep(double startLr, double endLr, long steps) implements Schedule {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public ExponentialSweep {
    Check.growth(startLr, endLr);
    Check.atLeast("steps", steps, 1);
  }

  /**
   * The factor between one step's learning rate and the next: {@code (end / start)^(1 / steps)}.
   */
  public double multiplier() {
    return Math.pow(endLr / startLr, 1.0 / steps);
  }

  @Override
  public double learningRate(long step) {
    return startLr * Math.pow(endLr / startLr, (double) step / steps);
  }
}
