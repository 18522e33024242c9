package org.lrsweep.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.terminal.Numbers;

/**
 * The part of a range test that a plot shows, and its axes.
 *
 * @param shown the steps on the plot: as in the tutorial without the first 10, in which the
 *     smoothing hasn't settled, and the last one, which exploded; empty if too few are left
 * @param lowestLr lower end of the learning rate axis
 * @param highestLr upper end of the learning rate axis
 * @param lowestLoss lower end of the loss axis: below nearly all losses
 * @param highestLoss upper end of the loss axis: above the curve up to its minimum, with room to
 *     see it rise again, but below the explosion, which would flatten everything else
 */
record FinderCurve(
    List<FinderStepRow> shown,
    double lowestLr,
    double highestLr,
    double lowestLoss,
    double highestLoss) {
  private static final int SKIPPED_AT_START = 10;
  private static final int SKIPPED_AT_END = 1;
  private static final double ROOM_BELOW = 0.1;
  private static final double ROOM_ABOVE = 0.4;
  private static final FinderCurve EMPTY = new FinderCurve(List.of(), 1e-5, 1, 0, 1);

  static FinderCurve of(List<FinderStepRow> steps) {
    if (steps.size() - SKIPPED_AT_END - SKIPPED_AT_START < 2) {
      return EMPTY;
    }

    List<FinderStepRow> shown = steps.subList(SKIPPED_AT_START, steps.size() - SKIPPED_AT_END);
    FinderStepRow best =
        shown.stream().min(Comparator.comparingDouble(FinderStepRow::smoothedLoss)).orElseThrow();
    double bottom = best.smoothedLoss();
    double top =
        shown.stream()
            .limit(shown.indexOf(best) + 1)
            .mapToDouble(FinderStepRow::smoothedLoss)
            .max()
            .orElseThrow();

    double fall = Math.max(top - bottom, 0.05 * Math.abs(top) + 1e-6);
    double highest = top + ROOM_ABOVE * fall;
    double lowest = Math.min(bottom, usualLow(shown)) - ROOM_BELOW * fall;

    // Neither what isn't finite has a place on an axis, nor what is too far apart for a double.
    if (!Double.isFinite(highest - lowest)) {
      return EMPTY;
    }

    return new FinderCurve(
        shown,
        shown.get(0).lr(),
        shown.get(shown.size() - 1).lr(),
        bottom < 0 ? lowest : Math.max(0, lowest),
        highest);
  }

  /** What few of the steps' own losses, which the smoothed one lags behind, are below. */
  private static double usualLow(List<FinderStepRow> steps) {
    double[] losses =
        steps.stream().mapToDouble(FinderStepRow::loss).filter(Double::isFinite).sorted().toArray();
    return losses.length == 0 ? Double.POSITIVE_INFINITY : losses[losses.length / 50];
  }

  /** How far the range test came, e.g. "1e-10 to 3.2, stopped after 2,770 steps". */
  String extent() {
    if (shown.isEmpty()) {
      return "too few steps to show";
    }

    return Numbers.rate(lowestLr)
        + " to "
        + Numbers.rate(highestLr)
        + ", ended after "
        + Numbers.count(shown.size() + SKIPPED_AT_START + SKIPPED_AT_END)
        + " steps";
  }

  /** Whether the accuracy of every step that is shown was measured, and there are any. */
  boolean hasAccuracy() {
    return !shown.isEmpty() && shown.stream().allMatch(step -> step.accuracy() != null);
  }

  /** The accuracies of the steps that are shown, if it has them. */
  double[] accuracies() {
    return shown.stream().mapToDouble(FinderStepRow::accuracy).toArray();
  }

  /** The mean of each accuracy and its neighbours, a fortieth of all on either side. */
  double[] meanAccuracies() {
    double[] all = accuracies();
    int side = Math.max(1, all.length / 40);
    double[] means = new double[all.length];

    for (int i = 0; i < means.length; i++) {
      means[i] =
          Arrays.stream(all, Math.max(0, i - side), Math.min(all.length, i + side + 1))
              .average()
              .orElseThrow();
    }

    return means;
  }

  /** The smoothed loss of the step whose learning rate is nearest, inside the loss axis. */
  double smoothedLossAt(double lr) {
    return shown.stream()
        .min(Comparator.comparingDouble(step -> Math.abs(Math.log(step.lr() / lr))))
        .map(step -> Math.min(highestLoss, Math.max(lowestLoss, step.smoothedLoss())))
        .orElse(lowestLoss);
  }
}
