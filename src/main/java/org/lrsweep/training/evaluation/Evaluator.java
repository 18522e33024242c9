package org.lrsweep.training.evaluation;

import java.util.List;
import org.lrsweep.network.TrainingState;

/** Classifies a test set with a network in some state. */
public interface Evaluator extends AutoCloseable {
  /** Examples classified at once: few, since they need memory as training does. */
  int BATCH = 64;

  /** Classifies the whole test set. */
  Evaluation evaluate(TrainingState state);

  /**
   * Classifies the whole test set with the mean of several states' probabilities.
   *
   * @param states at least one
   */
  Evaluation evaluateEnsemble(List<TrainingState> states);

  @Override
  void close();
}
