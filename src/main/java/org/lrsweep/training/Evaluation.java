package org.lrsweep.training;

import java.io.Serializable;
import java.util.List;

/**
 * A network's classification of a set of examples.
 *
 * @param confusion examples by actual and predicted class, [classes][classes]
 * @param lossSum sum of the examples' losses by the network's own loss function, without penalties
 */
@SuppressWarnings("ArrayRecordComponent") // a small result, never written to once built
public record Evaluation(long[][] confusion, double lossSum) implements Serializable {

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

  /** Mean loss of an example. */
  public double loss() {
    return lossSum / examples();
  }

  /**
   * The predictions of all parts of a test set, added in their order.
   *
   * @throws IllegalArgumentException if there is no part
   */
  public static Evaluation sum(List<Evaluation> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("The test set must have at least one example, found none");
    }
    long[][] sum = new long[parts.get(0).confusion.length][parts.get(0).confusion.length];
    double lossSum = 0;
    for (Evaluation part : parts) {
      for (int i = 0; i < sum.length; i++) {
        for (int j = 0; j < sum.length; j++) {
          sum[i][j] += part.confusion[i][j];
        }
      }
      lossSum += part.lossSum;
    }
    return new Evaluation(sum, lossSum);
  }
}
