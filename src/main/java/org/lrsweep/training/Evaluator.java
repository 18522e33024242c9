package org.lrsweep.training;

import org.lrsweep.network.TrainingState;

/** Classifies a test set with a network in some state. */
public interface Evaluator extends AutoCloseable {
  /** Examples classified at once: few, since they need memory as training does. */
  int BATCH = 64;

  /** Classifies the whole test set. */
  Evaluation evaluate(TrainingState state);

  @Override
  void close();
}
