package org.lrsweep.cli;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.curve.Curve;
import org.lrsweep.curve.RangeMethods;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.experiment.range.SuggestionRows;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;

/** A curve that belongs to no run, as the rows that a plot is drawn from. */
final class CurveRows {
  private static final String NO_RUN = "no-run";

  private CurveRows() {}

  static List<FinderStepRow> steps(Curve curve) {
    List<FinderStepRow> rows = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < curve.size(); i++) {
      best = curve.smoothedLoss(i) < best ? curve.smoothedLoss(i) : best;
      rows.add(
          new FinderStepRow(
              NO_RUN,
              i,
              curve.lr(i),
              Math.min(Double.MAX_VALUE, curve.lr(i) / curve.lr(0)),
              curve.loss(i),
              curve.smoothedLoss(i),
              best,
              1,
              0,
              curve.hasAccuracy() && Double.isFinite(curve.accuracy(i))
                  ? curve.accuracy(i)
                  : null));
    }
    return rows;
  }

  /** The answers, of which LRSweep's own counts as the selected one. */
  static List<FinderSuggestionRow> suggestions(List<Suggestion> suggestions) {
    String own = RangeMethods.all().get(0).name();
    return suggestions.stream()
        .map(
            suggestion ->
                SuggestionRows.row(
                    NO_RUN, suggestion, suggestion.isRange() && suggestion.method().equals(own)))
        .toList();
  }
}
