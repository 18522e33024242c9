package org.lrsweep.curve;

import java.util.Arrays;

/**
 * The curve that first only falls and then only rises and is nearest to some values by least
 * squares: isotonic regression (pool adjacent violators) on both sides of the best turning point.
 *
 * <p>It needs no window and no smoothing constant: noise is averaged over as many neighbours as lie
 * against the trend, a single outlier over all of them. Linear time.
 */
final class UnimodalFit {

  private final double[] levels;
  private final int lowest;

  private UnimodalFit(double[] levels, int lowest) {
    this.levels = levels;
    this.lowest = lowest;
  }

  /** The fitted value of a point. */
  double level(int point) {
    return levels[point];
  }

  /** The point where the fall ends. */
  int lowest() {
    return lowest;
  }

  /** The points around the lowest one whose levels are no higher than a level, and that one. */
  Span valley(double level) {
    int from = lowest;
    int to = lowest + 1;
    while (from > 0 && levels[from - 1] <= level) {
      from--;
    }
    while (to < levels.length && levels[to] <= level) {
      to++;
    }
    return new Span(from, to);
  }

  /** Points from one (inclusive) to another (exclusive). */
  record Span(int from, int to) {

    int points() {
      return to - from;
    }
  }

  /** The fit to at least one value; all finite. */
  static UnimodalFit of(double[] values) {
    int n = values.length;
    double[] reversed = reversed(values);
    double[] fallErrors = new FallingFit(values).prefixErrors();
    double[] riseErrors = new FallingFit(reversed).prefixErrors();
    int lowest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double error = fallErrors[i] + (i < n - 1 ? riseErrors[n - 2 - i] : 0);
      if (error <= least) {
        lowest = i;
        least = error;
      }
    }

    double[] levels = new double[n];
    double[] fall = new FallingFit(Arrays.copyOf(values, lowest + 1)).levels();
    double[] rise = reversed(new FallingFit(Arrays.copyOf(reversed, n - 1 - lowest)).levels());
    System.arraycopy(fall, 0, levels, 0, fall.length);
    System.arraycopy(rise, 0, levels, fall.length, rise.length);
    return new UnimodalFit(levels, lowest);
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }

  /** Pool adjacent violators: a stack of blocks whose means fall. */
  private static final class FallingFit {

    private final double[] values;
    private final double[] means;
    private final int[] sizes;
    private final double[] errors;
    private int blocks;

    FallingFit(double[] values) {
      this.values = values;
      this.means = new double[values.length];
      this.sizes = new int[values.length];
      this.errors = new double[values.length];
    }

    /** The squared error of the fit to the first i + 1 values, for each i. */
    double[] prefixErrors() {
      double[] totals = new double[values.length];
      double total = 0;
      for (int i = 0; i < values.length; i++) {
        total += push(values[i]);
        totals[i] = total;
      }
      return totals;
    }

    double[] levels() {
      for (double value : values) {
        push(value);
      }
      double[] levels = new double[values.length];
      int from = 0;
      for (int block = 0; block < blocks; block++) {
        Arrays.fill(levels, from, from + sizes[block], means[block]);
        from += sizes[block];
      }
      return levels;
    }

    /** Adds a value; gives how much the squared error grows. */
    private double push(double value) {
      double mean = value;
      int size = 1;
      double error = 0;
      double before = 0;
      while (blocks > 0 && means[blocks - 1] <= mean) {
        blocks--;
        double difference = mean - means[blocks];
        int sum = size + sizes[blocks];
        error += errors[blocks] + difference * difference * size * sizes[blocks] / sum;
        before += errors[blocks];
        mean += (means[blocks] - mean) * sizes[blocks] / sum;
        size = sum;
      }
      means[blocks] = mean;
      sizes[blocks] = size;
      errors[blocks] = error;
      blocks++;
      return error - before;
    }
  }
}
