package org.lrsweep.training;

import java.io.Serializable;

/**
 * How a network classified a set of examples.
 *
 * @param confusion examples by actual and predicted class, [classes][classes]
 * @param lossSum sum of the examples' cross-entropies, in nats
 */
@SuppressWarnings("ArrayRecordComponent") // a small result, never written to once built
public record Predictions(long[][] confusion, double lossSum) implements Serializable {

  /** How many examples were classified. */
  public long examples() {
    long total = 0;
    for (long[] row : confusion) {
      for (long count : row) {
        total += count;
      }
    }
    return total;
  }

  /** Share of examples classified rightly, 0 to 1. */
  public double accuracy() {
    long correct = 0;
    for (int i = 0; i < confusion.length; i++) {
      correct += confusion[i][i];
    }
    return (double) correct / examples();
  }

  /** Mean cross-entropy of an example, in nats. */
  public double loss() {
    return lossSum / examples();
  }

  public Predictions plus(Predictions other) {
    long[][] sum = new long[confusion.length][];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = confusion[i].clone();
      for (int j = 0; j < sum[i].length; j++) {
        sum[i][j] += other.confusion[i][j];
      }
    }
    return new Predictions(sum, lossSum + other.lossSum);
  }
}
