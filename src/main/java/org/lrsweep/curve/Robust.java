package org.lrsweep.curve;

import java.util.Arrays;

/** Statistics that a few outliers do not move. */
final class Robust {

  /** The median absolute deviation of a normal distribution is this part of its sigma. */
  private static final double MAD_OF_SIGMA = 0.6745;

  /** A median's standard error is this many times a mean's. */
  static final double MEDIAN_ERROR = 1.25;

  private Robust() {}

  /** The median of values[from, to), which may be as large as a double can be. */
  static double median(double[] values, int from, int to) {
    double[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
  }

  /**
   * The standard deviation of values[from, to) around their trend, from the differences between
   * neighbours, in which a slow trend cancels. At least two values.
   */
  static double noise(double[] values, int from, int to) {
    double[] differences = new double[to - from - 1];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(values[from + i + 1] - values[from + i]);
    }
    return median(differences, 0, differences.length) / MAD_OF_SIGMA / Math.sqrt(2);
  }

  /** The standard deviation of values[from, to) around their median. At least one value. */
  static double spread(double[] values, int from, int to) {
    double centre = median(values, from, to);
    double[] deviations = new double[to - from];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = Math.abs(values[from + i] - centre);
    }
    return median(deviations, 0, deviations.length) / MAD_OF_SIGMA;
  }
}
