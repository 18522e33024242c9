package org.lrsweep.report;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.Comparator;
import java.util.List;
import org.lrsweep.results.Metric;
import org.lrsweep.results.TrialRow;

/**
 * Which trial did best: completed trials first, then stopped ones, then others; among equals in
 * that the best value of their metric first, the highest accuracy or the lowest RMSE; among equals,
 * the lowest final_val_loss. Nothing measured is last.
 */
public final class TrialRanking {
  private TrialRanking() {}

  private static int end(TrialRow trial) {
    return switch (trial.status()) {
      case COMPLETED -> 0;
      case STOPPED -> 1;
      case DIVERGED, FAILED -> 2;
    };
  }

  /** The same trials, the best first. */
  public static List<TrialRow> rank(List<TrialRow> trials) {
    return trials.stream().sorted(bestFirst(metric(trials))).toList();
  }

  /** What trials of one run are ranked by: the metric of the first that measured one. */
  static Metric metric(List<TrialRow> trials) {
    return trials.stream()
        .filter(trial -> trial.rankedValue() != null)
        .map(TrialRow::rankedBy)
        .findFirst()
        .orElse(Metric.ACCURACY);
  }

  private static Comparator<TrialRow> bestFirst(Metric metric) {
    return comparing(TrialRanking::end)
        .thenComparing(TrialRow::rankedValue, nullsLast(metric.bestFirst()))
        .thenComparing(TrialRow::finalValLoss, nullsLast(naturalOrder()))
        .thenComparing(TrialRow::trialId);
  }
}
