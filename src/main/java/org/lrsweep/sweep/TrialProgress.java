package org.lrsweep.sweep;

import java.util.List;
import java.util.Optional;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.evaluation.Evaluation;

/**
 * All that a trial is between two rounds.
 *
 * @param state the network as trained so far
 * @param totals of the epoch that it is in
 * @param divergence what the divergence rule remembers
 * @param steps every step so far
 * @param epochs every epoch finished
 * @param evaluated what the last finished epoch left behind; empty before there is one
 * @param best the state after the epoch of the best validation metric; empty if it is not known
 * @param weights kept on the way
 */
record TrialProgress(
    TrainingState state,
    EpochTotals totals,
    DivergenceRule.State divergence,
    List<TrialStep> steps,
    List<TrialEpoch> epochs,
    Optional<Evaluated> evaluated,
    Optional<TrainingState> best,
    CollectedWeights weights) {

  /** A state and how it classified the test set. */
  record Evaluated(TrainingState state, Evaluation predictions) {}

  TrialProgress {
    steps = List.copyOf(steps);
    epochs = List.copyOf(epochs);
  }

  static TrialProgress atStart(TrainingState initial) {
    return new TrialProgress(
        initial,
        EpochTotals.START,
        DivergenceRule.State.START,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        CollectedWeights.NONE);
  }
}
