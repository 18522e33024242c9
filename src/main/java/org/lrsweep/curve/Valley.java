package org.lrsweep.curve;

/**
 * fastai's {@code valley}: halfway into the longest valley.
 *
 * @see <a
 *     href="https://github.com/fastai/fastai/blob/0a049e8a90b86d70860f68072698245a1ee787ca/fastai/callback/schedule.py">fastai
 *     callback/schedule.py</a>
 */
final class Valley implements RangeMethod {

  @Override
  public String name() {
    return "valley";
  }

  @Override
  public Suggestion suggest(Curve curve) {
    return middleOfLongest(name(), FastaiTrim.of(curve));
  }

  static Suggestion middleOfLongest(String method, Curve curve) {
    if (curve.size() < 2) {
      return Reasons.tooShort(method, curve.size(), 2);
    }
    LongestDescent descent = LongestDescent.of(curve);
    if (descent.length() < 2) {
      return Suggestion.none(method, "The smoothed loss never falls, so there is no valley.");
    }

    int middle = descent.middle();
    return Suggestion.rate(
        method,
        curve.lr(middle),
        Reasons.text(
            "The longest valley has %d points and ends at %s; halfway into it the smoothed loss is"
                + " %s.",
            descent.length(),
            Reasons.lr(curve.lr(descent.end())),
            Reasons.number(curve.smoothedLoss(middle))));
  }
}
