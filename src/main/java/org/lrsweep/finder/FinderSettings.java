package org.lrsweep.finder;

import java.util.OptionalInt;
import org.lrsweep.schedule.Growth;

/**
 * How a range test of a network of one's own is run. {@link #defaults} are the tutorial's:
 *
 * <ul>
 *   <li>learning rates from 1e-10 to 10, growing exponentially;
 *   <li>a batch of 64 examples over all workers, averaged after each step;
 *   <li>as many epochs as make 2,048 steps;
 *   <li>smoothing 0.98, a stop at four times the best smoothed loss, seed 42.
 * </ul>
 *
 * @param startLr the first learning rate, {@code > 0}
 * @param endLr the last learning rate, {@code > startLr}
 * @param growth how the learning rate grows
 * @param epochs passes over the training set, {@code >= 1}; empty: as make 2,048 steps
 * @param batchSize examples in a step over all workers, {@code >= 1}
 * @param averagingFrequency steps between two averagings, {@code >= 1}
 * @param beta smoothing of the loss, {@code 0 <= beta < 1}
 * @param stopFactor times the best smoothed loss at which the test stops, {@code > 1}
 * @param seed of the examples' order and of dropout
 */
public record FinderSettings(
    double startLr,
    double endLr,
    Growth growth,
    OptionalInt epochs,
    int batchSize,
    int averagingFrequency,
    double beta,
    double stopFactor,
    long seed) {

  private static final int SAMPLE_SIZE = 2048;

  /** The tutorial's constants. */
  public static FinderSettings defaults() {
    return new FinderSettings(
        1e-10,
        10,
        Growth.EXPONENTIAL,
        OptionalInt.empty(),
        64,
        1,
        StopRule.DEFAULT_BETA,
        StopRule.DEFAULT_STOP_FACTOR,
        42);
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public FinderSettings {
    growth.schedule(startLr, endLr, 1);
    new StopRule(beta, stopFactor);
    atLeastOne("epochs", epochs.orElse(1));
    atLeastOne("batchSize", batchSize);
    atLeastOne("averagingFrequency", averagingFrequency);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, found " + value);
    }
  }

  /** With other learning rates, {@code 0 < startLr < endLr}. */
  public FinderSettings withRange(double startLr, double endLr) {
    return new FinderSettings(
        startLr, endLr, growth, epochs, batchSize, averagingFrequency, beta, stopFactor, seed);
  }

  /** With another growth. */
  public FinderSettings withGrowth(Growth growth) {
    return new FinderSettings(
        startLr, endLr, growth, epochs, batchSize, averagingFrequency, beta, stopFactor, seed);
  }

  /** With so many epochs, {@code >= 1}. */
  public FinderSettings withEpochs(int epochs) {
    return new FinderSettings(
        startLr,
        endLr,
        growth,
        OptionalInt.of(epochs),
        batchSize,
        averagingFrequency,
        beta,
        stopFactor,
        seed);
  }

  /** With another batch size, {@code >= 1}. */
  public FinderSettings withBatchSize(int batchSize) {
    return new FinderSettings(
        startLr, endLr, growth, epochs, batchSize, averagingFrequency, beta, stopFactor, seed);
  }

  /** With another seed. */
  public FinderSettings withSeed(long seed) {
    return new FinderSettings(
        startLr, endLr, growth, epochs, batchSize, averagingFrequency, beta, stopFactor, seed);
  }

  /** Of one of several tests, which differ in their seeds only. */
  FinderSettings ofRepeat(int number) {
    return withSeed(seed + number);
  }

  /**
   * What the test does on a training set of so many examples.
   *
   * @param examples {@code >= 1}
   */
  public FinderPlan plan(long examples) {
    int stepsPerEpoch = (int) ((examples + batchSize - 1) / batchSize);
    int passes = epochs.orElse((SAMPLE_SIZE + stepsPerEpoch - 1) / stepsPerEpoch);
    return new FinderPlan(
        growth.schedule(startLr, endLr, (long) passes * stepsPerEpoch),
        stepsPerEpoch,
        passes,
        batchSize,
        averagingFrequency,
        beta,
        stopFactor);
  }
}
