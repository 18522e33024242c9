package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.network.NormStatistics;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Engine;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.Evaluator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates what a trial kept of its weights, once it is trained. */
record WeightEvaluation(
    Trial trial,
    WeightSettings settings,
    int stepsPerRound,
    NormStatistics statistics,
    Engine engine,
    Evaluator evaluator) {
  private static final Logger LOG = LoggerFactory.getLogger(WeightEvaluation.class);

  /** The mean and the ensemble, as far as they are wanted and their losses are finite. */
  List<EvaluatedWeights> of(CollectedWeights collected, TrainingState last) {
    List<EvaluatedWeights> evaluated = new ArrayList<>();
    collected
        .mean()
        .flatMap(mean -> withStatistics(state(mean, trial.steps(), last)))
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
    } else {
      LOG.warn("{}: the loss of {} is not finite, so it is left out", trial.id(), name);
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
   * Empty if the pass comes to a loss that is not finite.
   */
  private Optional<TrainingState> withStatistics(TrainingState weights) {
    if (statistics.isEmpty()) {
      return Optional.of(weights);
    }
    try (EngineRun run = engine.start(weights)) {
      List<Round> left = pass();
      while (!left.isEmpty()) {
        List<RoundResult> results = run.train(left);
        if (!results.stream().allMatch(RoundResult::finite)) {
          LOG.warn(
              "{}: a loss of the pass for batch-norm statistics is not finite, so a mean of weights"
                  + " has no statistics of its own and is left out",
              trial.id());
          return Optional.empty();
        }
        left = left.subList(results.size(), left.size());
      }
      return Optional.of(statistics.moved(weights, run.state()));
    }
  }
}
