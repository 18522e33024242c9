package org.lrsweep.ingest;

import java.io.Serializable;

/**
 * Mean and deviation of numbers, of each channel or column. Those of buckets are added in the
 * buckets' order, so that the last bit repeats.
 *
 * @see <a href="https://doi.org/10.2307/2683386">Chan, Golub and LeVeque, 1983: Algorithms for
 *     Computing the Sample Variance</a>
 */
final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] means;
  private final double[] squares;
  private long count;

  /** Of no numbers yet. */
  Moments(int columns) {
    means = new double[columns];
    squares = new double[columns];
  }

  /**
   * Adds an example.
   *
   * @param values the numbers of the first column, then of the next, equally many each
   */
  void add(float[] values) {
    int each = values.length / means.length;
    for (int column = 0; column < means.length; column++) {
      double sum = 0;
      for (int i = column * each; i < (column + 1) * each; i++) {
        sum += values[i];
      }
      double mean = sum / each;
      double square = 0;
      for (int i = column * each; i < (column + 1) * each; i++) {
        square += (values[i] - mean) * (values[i] - mean);
      }
      merge(column, mean, square, each);
    }
    count += each;
  }

  /** Adds the numbers of others. */
  void add(Moments others) {
    if (others.count > 0) {
      for (int column = 0; column < means.length; column++) {
        merge(column, others.means[column], others.squares[column], others.count);
      }
      count += others.count;
    }
  }

  private void merge(int column, double mean, double square, long many) {
    double apart = mean - means[column];
    double all = (double) count + many;
    means[column] += apart * many / all;
    squares[column] += square + apart * apart * count * many / all;
  }

  float[] means() {
    float[] found = new float[means.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = (float) means[i];
    }
    return found;
  }

  /** Of the whole population; 1 of numbers that are all the same. */
  float[] deviations() {
    float[] found = new float[means.length];
    for (int i = 0; i < found.length; i++) {
      float deviation = (float) Math.sqrt(squares[i] / count);
      found[i] = deviation > 0 ? deviation : 1;
    }
    return found;
  }
}
