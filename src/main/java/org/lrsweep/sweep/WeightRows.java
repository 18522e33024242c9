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
        new WeightsRow(
            runId,
            trialId,
            TrialOutcome.LAST,
            1,
            last.valLoss(),
            last.valAccuracy(),
            chosen.equals(TrialOutcome.LAST),
            paths.last().orElse(null)));
    rows.add(
        new WeightsRow(
            runId,
            trialId,
            TrialOutcome.BEST,
            1,
            best.valLoss(),
            best.valAccuracy(),
            chosen.equals(TrialOutcome.BEST),
            paths.best().orElse(null)));
    for (int i = 0; i < outcome.weights().size(); i++) {
      EvaluatedWeights weights = outcome.weights().get(i);
      rows.add(
          new WeightsRow(
              runId,
              trialId,
              weights.name(),
              weights.members(),
              weights.predictions().loss(),
              weights.predictions().accuracy(),
              weights.name().equals(chosen),
              paths.others().get(i)));
    }
    return rows;
  }
}
