package org.lrsweep.finder;

import org.lrsweep.schedule.Schedule;

/**
 * What a range test does.
 *
 * @param schedule the learning rate of each step
 * @param stepsPerEpoch steps of one pass over the training set, {@code >= 1}
 * @param epochs passes at most, {@code >= 1}
 * @param batchSize examples in one step over all workers, {@code >= 1}
 * @param averagingFrequency steps between two averagings, {@code >= 1}
 * @param beta smoothing of the loss, {@code 0 <= beta < 1}
 * @param stopFactor times the best smoothed loss at which the test stops, {@code > 1}
 */
public record FinderPlan(
    Schedule schedule,
    int stepsPerEpoch,
    int epochs,
    int batchSize,
    int averagingFrequency,
    double beta,
    double stopFactor) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public FinderPlan {
    atLeastOne("stepsPerEpoch", stepsPerEpoch);
    atLeastOne("epochs", epochs);
    atLeastOne("batchSize", batchSize);
    atLeastOne("averagingFrequency", averagingFrequency);
  }

  /** Steps at most. */
  public int steps() {
    return Math.multiplyExact(stepsPerEpoch, epochs);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, found " + value);
    }
  }
}
