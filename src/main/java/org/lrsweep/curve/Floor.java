package org.lrsweep.curve;

import java.util.ArrayList;
import java.util.List;

/**
 * The floor of a range test's loss, as {@code descent} reads it.
 *
 * @param beginning the learning rate at which the loss has come down to its floor, {@code > 0}
 * @param turn the learning rate at which it leaves it again, {@code >= beginning}
 */
public record Floor(double beginning, double turn) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public Floor {
    if (!(beginning > 0) || !(turn >= beginning) || turn == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "A floor must have 0 < beginning <= turn, both finite, found "
              + beginning
              + " and "
              + turn);
    }
  }

  /**
   * Learning rates on the floor, the lowest first, in even steps on the logarithmic scale. Neither
   * end is among them: at the first a cycle learns slowly, at the other it diverges.
   *
   * @param rungs how many, {@code >= 1}
   * @throws IllegalArgumentException if there is none
   */
  public List<Double> ladder(int rungs) {
    if (rungs < 1) {
      throw new IllegalArgumentException("rungs must be >= 1, found " + rungs);
    }
    List<Double> rates = new ArrayList<>();
    for (int rung = 1; rung <= rungs; rung++) {
      rates.add(beginning * Math.pow(turn / beginning, rung / (rungs + 1.0)));
    }
    return rates;
  }
}
