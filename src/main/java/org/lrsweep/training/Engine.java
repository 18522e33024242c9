package org.lrsweep.training;

/**
 * Trains a network in rounds: on the workers of a Spark job ({@link RoundEngine}), or in this JVM
 * ({@link LocalEngine}).
 */
public interface Engine extends AutoCloseable {

  /** How many workers share each batch. */
  int workers();

  /** Begins to train from a state, which stays what it is. */
  EngineRun start(TrainingState initial);

  @Override
  void close();
}
