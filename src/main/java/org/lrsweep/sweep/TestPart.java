package org.lrsweep.sweep;

import java.util.Optional;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.evaluation.Evaluation;

/** The examples that judge what was chosen and choose nothing: looked at once for each trial. */
interface TestPart {

  /** There is none. */
  static TestPart none() {
    return chosen -> Optional.empty();
  }

  /** How a network answers it; empty if there is none. */
  Optional<Evaluation> evaluate(TrainingState chosen);
}
