package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.results.WeightsRow;

/** What a trial's weights come to, as rows of the table weights. */
public final class WeightRows {
  private WeightRows() {}

  /**
   * Where the networks of a trial lie.
   *
   * @param last that of the last epoch
   * @param best that of the best epoch
   * @param others those of {@link TrialOutcome#weights}, in order
   */
  public record Paths(Optional<String> last, Optional<String> best, List<String> others) {
    public Paths {
      others = List.copyOf(others);
    }
  }

  /** The rows; none if nothing was evaluated beside the epochs' own weights. */
  public static List<WeightsRow> of(String runId, TrialOutcome outcome, Paths paths) {
    if (outcome.weights().isEmpty()) {
      return List.of();
    }
    String trialId = outcome.trial().id();
    String chosen = outcome.chosenNetwork();
    List<WeightsRow> rows = new ArrayList<>();
    List<TrialEpoch> epochs = outcome.epochs();
    TrialEpoch last = epochs.get(epochs.size() - 1);
    TrialEpoch best = outcome.bestEpoch().orElse(last);
    rows.add(
        ofEpoch(
            runId,
            trialId,
            TrialOutcome.LAST,
            last,
            chosen.equals(TrialOutcome.LAST),
            paths.last()));
    rows.add(
        ofEpoch(
            runId,
            trialId,
            TrialOutcome.BEST,
            best,
            chosen.equals(TrialOutcome.BEST),
            paths.best()));
    for (int i = 0; i < outcome.weights().size(); i++) {
      EvaluatedWeights weights = outcome.weights().get(i);
      Scores scores = Scores.of(weights.predictions());
      rows.add(
          new WeightsRow(
              runId,
              trialId,
              weights.name(),
              weights.members(),
              weights.predictions().loss(),
              scores.accuracy(),
              weights.name().equals(chosen),
              paths.others().get(i),
              scores.metric().label(),
              scores.value()));
    }
    return rows;
  }

  private static WeightsRow ofEpoch(
      String runId,
      String trialId,
      String name,
      TrialEpoch epoch,
      boolean chosen,
      Optional<String> path) {
    return new WeightsRow(
        runId,
        trialId,
        name,
        1,
        epoch.valLoss(),
        epoch.valAccuracy(),
        chosen,
        path.orElse(null),
        epoch.scores().metric().label(),
        epoch.valMetric());
  }
}
