package org.lrsweep.curve;

/**
 * fastai's {@code minimum}: a tenth of the learning rate at the lowest loss. Where that is the
 * first point the original answers all the same, with a learning rate outside the curve.
 *
 * @see <a
 *     href="https://github.com/fastai/fastai/blob/0a049e8a90b86d70860f68072698245a1ee787ca/fastai/callback/schedule.py">fastai
 *     callback/schedule.py</a>
 */
final class Minimum implements RangeMethod {

  private static final double DIVISOR = 10;

  @Override
  public String name() {
    return "minimum";
  }

  @Override
  public Suggestion suggest(Curve whole) {
    Curve curve = FastaiTrim.of(whole);
    if (curve.size() < 1) {
      return Reasons.tooShort(name(), 0, 1);
    }

    int lowest = 0;
    for (int i = 1; i < curve.size(); i++) {
      if (curve.smoothedLoss(i) < curve.smoothedLoss(lowest)) {
        lowest = i;
      }
    }
    if (lowest == 0) {
      return Suggestion.none(
          name(), "The smoothed loss is lowest where the curve starts: it never falls.");
    }
    return Suggestion.rate(
        name(),
        curve.lr(lowest) / DIVISOR,
        Reasons.text(
            "A tenth of %s, where the smoothed loss is lowest, %s.",
            Reasons.lr(curve.lr(lowest)), Reasons.number(curve.smoothedLoss(lowest))));
  }
}
