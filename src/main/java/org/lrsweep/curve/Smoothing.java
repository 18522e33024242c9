package org.lrsweep.curve;

/**
 * The bias-corrected exponential average of a sequence of losses, as the tutorial smooths them:
 *
 * <pre>
 * average = beta * average + (1 - beta) * loss
 * value   = average / (1 - beta^count)
 * </pre>
 *
 * @param beta the weight of the past, {@code 0 <= beta < 1}
 * @param average the average before its bias is corrected, 0 before the first loss
 * @param count how many losses it is of
 */
public record Smoothing(double beta, double average, long count) {

  /** The tutorial's beta, 0.98. */
  public static final double DEFAULT_BETA = 0.98;

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public Smoothing {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException("beta must be >= 0 and < 1, found " + beta);
    }
  }

  /** An average of nothing yet. */
  public static Smoothing of(double beta) {
    return new Smoothing(beta, 0, 0);
  }

  /**
   * The smoothed losses of a sequence, with the default beta. A loss that is not finite leaves the
   * average as it was, and is its own smoothed loss.
   */
  static double[] of(double[] losses) {
    double[] smoothed = losses.clone();
    Smoothing smoothing = of(DEFAULT_BETA);
    for (int i = 0; i < losses.length; i++) {
      if (Double.isFinite(losses[i])) {
        smoothing = smoothing.plus(losses[i]);
        smoothed[i] = smoothing.value();
      }
    }
    return smoothed;
  }

  /** The average with one more loss. */
  public Smoothing plus(double loss) {
    return new Smoothing(beta, beta * average + (1 - beta) * loss, count + 1);
  }

  /** The smoothed loss; NaN before the first one. */
  public double value() {
    return average / (1 - Math.pow(beta, (double) count));
  }
}
