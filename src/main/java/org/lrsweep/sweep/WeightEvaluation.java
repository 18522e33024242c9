package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.network.NormStatistics;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Engine;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.Evaluation;
import org.lrsweep.training.Evaluator;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;

/** Evaluates what a trial kept of its weights, once it is trained. */
record WeightEvaluation(
    Trial trial,
    WeightSettings settings,
    int stepsPerRound,
    NormStatistics statistics,
    Engine engine,
    Evaluator evaluator) {

  /** The mean and the ensemble, as far as they are wanted and their losses are finite. */
  List<EvaluatedWeights> of(CollectedWeights collected, TrainingState last) {
    List<EvaluatedWeights> evaluated = new ArrayList<>();
    collected
        .mean()
        .map(mean -> withStatistics(state(mean, trial.steps(), last)))
        .ifPresent(
            mean -> add(evaluated, settings.average().label(), collected.count(), List.of(mean)));
    if (!collected.snapshots().isEmpty()) {
      List<TrainingState> states =
          collected.snapshots().stream()
              .map(snapshot -> state(snapshot.parameters(), snapshot.step(), last))
              .toList();
      add(evaluated, EvaluatedWeights.ENSEMBLE, states.size(), states);
    }
    return evaluated;
  }

  private void add(
      List<EvaluatedWeights> evaluated, String name, long members, List<TrainingState> states) {
    Evaluation predictions = evaluator.evaluateEnsemble(states);
    if (Double.isFinite(predictions.loss())) {
      evaluated.add(new EvaluatedWeights(name, members, states, predictions));
    }
  }

  private static TrainingState state(float[] parameters, long step, TrainingState like) {
    return new TrainingState(parameters, new float[like.updaterState().length], step);
  }

  /** In an order of its own, that of the epoch after the last. */
  private List<Round> pass() {
    List<Round> rounds = new ArrayList<>();
    for (int from = 0; from < trial.stepsPerEpoch(); from += stepsPerRound) {
      int steps = Math.min(stepsPerRound, trial.stepsPerEpoch() - from);
      rounds.add(Round.ofStatistics(trial.epochs(), from, trial.batchSize(), steps));
    }
    return rounds;
  }

  /**
   * Weights with batch-norm statistics of their own, by a pass over the training part in which
   * nothing else moves. Statistics of the weights that went into a mean are not those of the mean.
   */
  private TrainingState withStatistics(TrainingState weights) {
    if (statistics.isEmpty()) {
      return weights;
    }
    try (EngineRun run = engine.start(weights)) {
      List<Round> left = pass();
      while (!left.isEmpty()) {
        List<RoundResult> results = run.train(left);
        if (!results.stream().allMatch(RoundResult::finite)) {
          return weights;
        }
        left = left.subList(results.size(), left.size());
      }
      return statistics.moved(weights, run.state());
    }
  }
}
