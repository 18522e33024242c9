package org.lrsweep.curve;

import java.util.stream.IntStream;

/**
 * PyTorch Lightning's suggestion: where the loss falls fastest for the learning rate itself, not
 * for its logarithm. The first ten points and the last are left out, and all that are not finite.
 *
 * @see <a
 *     href="https://github.com/Lightning-AI/pytorch-lightning/blob/001278272e8e91c85a74dd17449e4eafc489e25f/src/lightning/pytorch/tuner/lr_finder.py">Lightning
 *     tuner/lr_finder.py</a>
 */
final class Lightning implements RangeMethod {

  private static final int FIRST = 10;
  private static final int LAST = 1;

  @Override
  public String name() {
    return "lightning";
  }

  @Override
  public Suggestion suggest(Curve curve) {
    int[] points =
        IntStream.range(FIRST, curve.size() - LAST)
            .filter(i -> Double.isFinite(curve.smoothedLoss(i)))
            .toArray();
    if (points.length < 2) {
      return Reasons.tooShort(name(), points.length, 2);
    }

    int steepest = 0;
    double slope = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.length; i++) {
      double here = gradient(curve, points, i);
      if (here < slope) {
        steepest = points[i];
        slope = here;
      }
    }
    if (Double.isInfinite(slope)) {
      return Suggestion.none(name(), "The smoothed losses are too large to have slopes.");
    }
    if (!(slope < 0)) {
      return Suggestion.none(name(), "The smoothed loss never falls, so it has no steepest point.");
    }
    return Suggestion.rate(
        name(),
        curve.lr(steepest),
        Reasons.text(
            "The smoothed loss falls fastest here on a linear scale, by %s per unit of learning"
                + " rate, from %s.",
            Reasons.number(-slope), Reasons.number(curve.smoothedLoss(steepest))));
  }

  /** Second order inside, first order at the ends, as torch.gradient and numpy.gradient. */
  private static double gradient(Curve curve, int[] points, int i) {
    if (i == 0) {
      return secant(curve, points[0], points[1]);
    }
    if (i == points.length - 1) {
      return secant(curve, points[i - 1], points[i]);
    }

    double left = curve.lr(points[i]) - curve.lr(points[i - 1]);
    double right = curve.lr(points[i + 1]) - curve.lr(points[i]);
    return (left * secant(curve, points[i], points[i + 1])
            + right * secant(curve, points[i - 1], points[i]))
        / (left + right);
  }

  private static double secant(Curve curve, int from, int to) {
    return (curve.smoothedLoss(to) - curve.smoothedLoss(from)) / (curve.lr(to) - curve.lr(from));
  }
}
