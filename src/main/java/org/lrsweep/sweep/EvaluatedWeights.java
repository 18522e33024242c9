package org.lrsweep.sweep;

import java.util.List;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.evaluation.Evaluation;

/**
 * Weights that a trial was evaluated with beside its last ones: a mean of weights, or an ensemble,
 * whose answer is the mean of its networks' probabilities.
 *
 * @param name swa, ema or ensemble
 * @param members how many moments of the trial are in it
 * @param states the network, or those of the ensemble; updater states are zero, since they belong
 *     to no mean
 * @param predictions on the test set
 */
public record EvaluatedWeights(
    String name, long members, List<TrainingState> states, Evaluation predictions) {

  /** The name of an ensemble. */
  public static final String ENSEMBLE = "ensemble";

  public EvaluatedWeights {
    states = List.copyOf(states);
  }

  /** Whether one network stands for it. */
  public boolean isOneNetwork() {
    return !name.equals(ENSEMBLE);
  }
}
