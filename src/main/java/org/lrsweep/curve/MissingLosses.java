package org.lrsweep.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Losses that a curve lacks: not finite, but followed by a finite one. What nothing finite follows
 * is an explosion, if it is infinite or more than one point. A single NaN at the end may as well be
 * an empty cell, so it is missing too.
 */
final class MissingLosses {
  private MissingLosses() {}

  /**
   * A curve without the points whose loss is missing; the same if it has none.
   *
   * <p>Where the smoothed losses are not finite though the losses are, as after a NaN in an average
   * that never forgets it, all are smoothed anew. The remarks tell what was done.
   */
  static Curve removed(Curve curve) {
    double[] loss = curve.losses();
    double[] smoothed = curve.smoothedLosses();
    int size = curve.size();
    int end = size;
    while (end > 0 && !Double.isFinite(loss[end - 1])) {
      end--;
    }
    if (end == 0) {
      return curve;
    }
    boolean exploded = size - end > 1 || (end < size && Double.isInfinite(loss[end]));
    int explosion = exploded ? end : size;
    int[] points =
        IntStream.range(0, size).filter(i -> Double.isFinite(loss[i]) || i >= explosion).toArray();
    boolean smooth =
        IntStream.range(0, end)
            .allMatch(i -> Double.isFinite(smoothed[i]) || !Double.isFinite(loss[i]));
    if (points.length == size && smooth) {
      return curve;
    }
    List<String> said = new ArrayList<>(curve.remarks());
    if (points.length < size) {
      said.add(Reasons.missing(size - points.length, size, !exploded && end < size));
    }
    if (!smooth) {
      said.add(
          "Some smoothed losses are not finite where the losses are, so all were smoothed anew.");
    }
    double[] measured = Curve.at(points, loss);
    return new Curve(
        Curve.at(points, curve.lrs()),
        measured,
        smooth ? Curve.at(points, smoothed) : Smoothing.of(measured),
        curve.hasAccuracy() ? Curve.at(points, curve.accuracies()) : new double[0],
        said);
  }
}
