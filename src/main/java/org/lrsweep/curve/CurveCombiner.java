package org.lrsweep.curve;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** Combines the curves of repeated range tests, which differ in their seeds only. */
public final class CurveCombiner {

  private CurveCombiner() {}

  /**
   * The median and the quartiles of the curves, point by point.
   *
   * <p>The curves share their learning rates, but some may have stopped early. Where a curve has
   * stopped its loss counts as infinite, and a NaN as higher still; the combined curve goes as far
   * as more than half of the curves do.
   *
   * @param curves at least one, each with the same learning rates as far as it goes
   * @throws IllegalArgumentException if there is no curve or the learning rates differ
   */
  public static CombinedCurve combine(List<Curve> curves) {
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("At least one curve is needed, found none");
    }
    Curve longest = curves.get(0);
    for (Curve curve : curves) {
      longest = curve.size() > longest.size() ? curve : longest;
    }
    for (Curve curve : curves) {
      requireSameRates(longest, curve);
    }

    int[] sizes = curves.stream().mapToInt(Curve::size).sorted().toArray();
    double[] lr = Arrays.copyOf(longest.lrs(), sizes[(curves.size() - 1) / 2]);
    return new CombinedCurve(
        quantile(curves, lr, 0.5), quantile(curves, lr, 0.25), quantile(curves, lr, 0.75));
  }

  private static Curve quantile(List<Curve> curves, double[] lr, double part) {
    double[] loss = new double[lr.length];
    double[] smoothed = new double[lr.length];
    for (int point = 0; point < lr.length; point++) {
      loss[point] = quantile(values(curves, point, Curve::loss), part);
      smoothed[point] = quantile(values(curves, point, Curve::smoothedLoss), part);
    }
    return new Curve(lr, loss, smoothed, accuracies(curves, lr.length, part));
  }

  /** Of the curves that go as far; none if a curve has none. */
  private static double[] accuracies(List<Curve> curves, int points, double part) {
    if (!curves.stream().allMatch(Curve::hasAccuracy)) {
      return new double[0];
    }
    double[] accuracy = new double[points];
    for (int i = 0; i < points; i++) {
      int point = i;
      double[] there =
          curves.stream()
              .filter(curve -> point < curve.size())
              .mapToDouble(curve -> curve.accuracy(point))
              .sorted()
              .toArray();
      accuracy[i] = quantile(there, part);
    }
    return accuracy;
  }

  private static void requireSameRates(Curve longest, Curve curve) {
    for (int i = 0; i < curve.size(); i++) {
      if (curve.lr(i) != longest.lr(i)) {
        throw new IllegalArgumentException(
            "Curves must have the same learning rates to be combined, found "
                + curve.lr(i)
                + " and "
                + longest.lr(i)
                + " at point "
                + i);
      }
    }
  }

  private static double[] values(
      List<Curve> curves, int point, ToDoubleBiFunction<Curve, Integer> value) {
    return curves.stream()
        .mapToDouble(
            curve ->
                point < curve.size() ? value.applyAsDouble(curve, point) : Double.POSITIVE_INFINITY)
        .sorted()
        .toArray();
  }

  /** Linear between neighbours, as R's type 7 and numpy's default. */
  private static double quantile(double[] sorted, double part) {
    double position = part * (sorted.length - 1);
    int below = (int) position;
    double rest = position - below;
    return rest == 0 ? sorted[below] : sorted[below] * (1 - rest) + sorted[below + 1] * rest;
  }
}
