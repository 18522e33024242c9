package org.lrsweep.training;

import org.lrsweep.network.TrainingState;

/**
 * Trains a network in rounds: on the workers of a Spark job ({@code spark.SparkEngine}), or in this
 * JVM ({@code worker.LocalEngine}).
 */
public interface Engine extends AutoCloseable {

  /** How many workers share each batch. */
  int workers();

  /** Begins to train from a state, which stays what it is. */
  EngineRun start(TrainingState initial);

  @Override
  void close();
}
