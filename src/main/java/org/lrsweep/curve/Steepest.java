package org.lrsweep.curve;

/**
 * fastai's {@code steep}: where the loss falls fastest for the logarithm of the learning rate. The
 * original answers also where the loss only rises.
 *
 * @see <a
 *     href="https://github.com/fastai/fastai/blob/0a049e8a90b86d70860f68072698245a1ee787ca/fastai/callback/schedule.py">fastai
 *     callback/schedule.py</a>
 */
final class Steepest implements RangeMethod {

  @Override
  public String name() {
    return "steepest";
  }

  @Override
  public Suggestion suggest(Curve whole) {
    Curve curve = FastaiTrim.of(whole);
    if (curve.size() < 2) {
      return Reasons.tooShort(name(), curve.size(), 2);
    }

    int steepest = 0;
    double slope = slope(curve, 0);
    for (int i = 1; i < curve.size() - 1; i++) {
      if (slope(curve, i) < slope) {
        steepest = i;
        slope = slope(curve, i);
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
            "The smoothed loss falls fastest here, by %s a decade, from %s.",
            Reasons.number(-slope * Math.log(10)), Reasons.number(curve.smoothedLoss(steepest))));
  }

  private static double slope(Curve curve, int i) {
    return (curve.smoothedLoss(i + 1) - curve.smoothedLoss(i))
        / (Math.log(curve.lr(i + 1)) - Math.log(curve.lr(i)));
  }
}
