package org.lrsweep.report;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import java.util.Comparator;
import java.util.List;
import org.lrsweep.results.TrialRow;

/**
 * Which trial did best: the highest best_val_accuracy first; among equals, the lowest
 * final_val_loss; trials that measured nothing last.
 */
final class TrialRanking {
  private static final Comparator<TrialRow> BEST_FIRST =
      comparing(TrialRow::bestValAccuracy, nullsLast(reverseOrder()))
          .thenComparing(TrialRow::finalValLoss, nullsLast(naturalOrder()))
          .thenComparing(TrialRow::trialId);

  private TrialRanking() {}

  static List<TrialRow> rank(List<TrialRow> trials) {
    return trials.stream().sorted(BEST_FIRST).toList();
  }
}
