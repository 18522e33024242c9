package org.lrsweep.training;

/** Classifies a test set with a network in some state. */
public interface Classifier extends AutoCloseable {

  /** Classifies the whole test set. */
  Predictions evaluate(TrainingState state);

  @Override
  void close();
}
