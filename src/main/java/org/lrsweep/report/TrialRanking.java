package org.lrsweep.report;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import java.util.Comparator;
import java.util.List;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;

/**
 * Which trial did best: completed trials before others; among these the highest best_val_accuracy
 * first; among equals, the lowest final_val_loss. Nothing measured is last.
 */
public final class TrialRanking {
  private static final Comparator<TrialRow> BEST_FIRST =
      comparing((TrialRow trial) -> trial.status() != TrialStatus.COMPLETED)
          .thenComparing(TrialRow::bestValAccuracy, nullsLast(reverseOrder()))
          .thenComparing(TrialRow::finalValLoss, nullsLast(naturalOrder()))
          .thenComparing(TrialRow::trialId);

  private TrialRanking() {}

  /** The same trials, the best first. */
  public static List<TrialRow> rank(List<TrialRow> trials) {
    return trials.stream().sorted(BEST_FIRST).toList();
  }
}
