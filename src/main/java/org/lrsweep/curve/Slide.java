package org.lrsweep.curve;

/**
 * fastai's {@code slide}: from the end of the curve, two points fifteen apart slide to the left
 * until the slopes at both differ by no more than a threshold; the left one is the answer. The
 * original crashes on curves too short for the two points.
 *
 * @see <a
 *     href="https://github.com/fastai/fastai/blob/0a049e8a90b86d70860f68072698245a1ee787ca/fastai/callback/schedule.py">fastai
 *     callback/schedule.py</a>
 */
final class Slide implements RangeMethod {

  private static final int DISTANCE = 15;
  private static final double THRESHOLD = 0.005;

  @Override
  public String name() {
    return "slide";
  }

  @Override
  public Suggestion suggest(Curve whole) {
    Curve curve = FastaiTrim.of(whole);
    if (curve.size() <= DISTANCE) {
      return Reasons.tooShort(name(), curve.size(), DISTANCE + 1);
    }

    int left = curve.size() - 1 - DISTANCE;
    int answer = left;
    while (left >= 0
        && Math.abs(gradient(curve, left + DISTANCE) - gradient(curve, left)) > THRESHOLD) {
      answer = left;
      left--;
    }
    return Suggestion.rate(
        name(),
        curve.lr(answer),
        Reasons.text(
            "The last point, sliding from the end to the left, whose slope still differs from that"
                + " %d points on by more than %s a point; the smoothed loss is %s.",
            DISTANCE, THRESHOLD, Reasons.number(curve.smoothedLoss(answer))));
  }

  /** The slope for each point, as numpy.gradient: central inside, one-sided at the ends. */
  private static double gradient(Curve curve, int i) {
    int from = Math.max(0, i - 1);
    int to = Math.min(curve.size() - 1, i + 1);
    return (curve.smoothedLoss(to) - curve.smoothedLoss(from)) / (to - from);
  }
}
