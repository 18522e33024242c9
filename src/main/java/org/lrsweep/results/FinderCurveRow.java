package org.lrsweep.results;

/**
 * A row of {@code finder_curve}: a point of the curve that the range methods read. Where the range
 * test was repeated, it is the median of the repeats; losses may be NaN or infinite.
 */
public record FinderCurveRow(
    @Meaning("the run") String runId,
    @Meaning("the point, 0-based: the step of each repeat") long step,
    @Meaning("learning rate of the point") double lr,
    @Meaning("median of the repeats' losses") double loss,
    @Meaning("median of the repeats' smoothed losses") double smoothedLoss,
    @Meaning("lower quartile of the repeats' smoothed losses") double smoothedLossLow,
    @Meaning("upper quartile of the repeats' smoothed losses; infinite where they have stopped")
        double smoothedLossHigh,
    @Meaning("median of the repeats' accuracies; null if not measured") @Nullable Double accuracy,
    @Meaning("repeats that came as far as this point") int repeats) {

  public FinderCurveRow {
    Check.id("run_id", runId);
    Check.atLeast("step", 0, step);
    Check.positive("lr", lr);
    Check.fraction("accuracy", accuracy);
    Check.atLeast("repeats", 1, repeats);
  }
}
