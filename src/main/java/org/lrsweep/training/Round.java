package org.lrsweep.training;

import java.io.Serializable;
import java.util.Locale;

/**
 * What the workers of one round do: consecutive steps of one epoch, each at its learning rate and,
 * where the schedule has one, its momentum.
 *
 * @param epoch the pass over the training set, 0-based; it decides the order of the examples
 * @param firstStepOfEpoch the first step's number within the epoch, 0-based
 * @param batchSize examples in one step over all workers
 * @param learningRates one a step; at least one
 * @param momenta one a step; none if the optimizers' own stay
 * @param purpose what moves
 */
@SuppressWarnings("ArrayRecordComponent") // built for one round and never written to
public record Round(
    int epoch,
    int firstStepOfEpoch,
    int batchSize,
    double[] learningRates,
    double[] momenta,
    Purpose purpose)
    implements Serializable {

  /** What a round moves. */
  public enum Purpose {
    /** All that is trained. */
    TRAINING,
    /**
     * Batch norm's running statistics: they become the mean of those of the batches since the
     * epoch's first step. Learning rates are zero; the caller gives the state other parameters back
     * if they have moved, as some penalties and constraints do.
     */
    STATISTICS
  }

  /**
   * @throws IllegalArgumentException if there is no step, or a number is below its range
   */
  public Round {
    if (epoch < 0 || firstStepOfEpoch < 0 || batchSize < 1 || learningRates.length == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A round needs epoch >= 0, firstStepOfEpoch >= 0, batchSize >= 1 and a learning rate"
                  + " for at least one step; found %d, %d, %d and %d rates",
              epoch,
              firstStepOfEpoch,
              batchSize,
              learningRates.length));
    }
    if (momenta.length != 0 && momenta.length != learningRates.length) {
      throw new IllegalArgumentException(
          "A round needs a momentum for each of its %s steps or for none, found %s"
              .formatted(learningRates.length, momenta.length));
    }
  }

  /** A round that leaves momentum to the optimizers. */
  public Round(int epoch, int firstStepOfEpoch, int batchSize, double[] learningRates) {
    this(epoch, firstStepOfEpoch, batchSize, learningRates, new double[0]);
  }

  /** A round of training. */
  public Round(
      int epoch, int firstStepOfEpoch, int batchSize, double[] learningRates, double[] momenta) {
    this(epoch, firstStepOfEpoch, batchSize, learningRates, momenta, Purpose.TRAINING);
  }

  /** A round of steps that move batch norm's statistics alone. */
  public static Round ofStatistics(int epoch, int firstStepOfEpoch, int batchSize, int steps) {
    return new Round(
        epoch, firstStepOfEpoch, batchSize, new double[steps], new double[0], Purpose.STATISTICS);
  }

  public int steps() {
    return learningRates.length;
  }
}
