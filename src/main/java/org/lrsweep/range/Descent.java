package org.lrsweep.range;

import java.util.Arrays;
import java.util.function.DoubleToIntFunction;

/**
 * LRSweep's own method, the only one that gives both bounds: from where the loss really starts to
 * fall to well before it turns.
 *
 * <p>Reads the raw losses, since a smoothed loss lags behind the learning rate. The answer does not
 * change when all losses are scaled or shifted, and scales with the learning rates.
 *
 * <ul>
 *   <li>The lower bound is where the loss has fallen by 3 % of its whole drop, the least that an
 *       eye sees on a plot, or by three standard errors of its level where the noise hides that.
 *   <li>The floor reaches from where the loss has come down to within 2 % to 10 % of the drop to
 *       where it has risen again by as much: the geometric means of the places at which it crosses
 *       each of these levels. A single level will not do: the floor is flat and noisy, and one
 *       crossing jumps by a decade from seed to seed.
 *   <li>The upper bound is the middle of the floor on the logarithmic scale, but no more than a
 *       decade above where the floor begins. A range test is at each learning rate for a moment
 *       only, so it cannot tell what a cycle finds out that stays near its peak for hundreds of
 *       steps: at the floor's right end such a cycle diverges, at its left end it only learns more
 *       slowly. The middle is the farthest from both. Where a floor is wider than two decades, its
 *       right end says little: it is where the loss turns even at once, and jumps from seed to
 *       seed, while its left end hardly moves.
 * </ul>
 */
public final class Descent implements RangeMethod {

  /** Fewer points cannot tell a flat part, a fall and a rise from noise. */
  private static final int FEWEST_POINTS = 20;

  private static final double ONSET_PART = 0.03;
  private static final double ONSET_ERRORS = 3;

  /**
   * The lowest of some hundred windows of pure noise is about 2.5 standard errors below their
   * median, and hardly ever 5.
   */
  private static final double DROP_ERRORS = 6;

  private static final double[] FLOOR_PARTS = {0.02, 0.04, 0.06, 0.08, 0.10};
  private static final double RISE_ERRORS = 6;

  /** Of the floor's beginning; from there on, networks under Adam begin to lose. */
  private static final double FARTHEST_ON_FLOOR = 10;

  /** Smith's rule of thumb, for curves that fall so late that there is no room for a range. */
  private static final double LEAST_RATIO = 4;

  @Override
  public String name() {
    return "descent";
  }

  @Override
  public Suggestion suggest(Curve whole) {
    Curve curve = finitePart(whole);
    if (curve.size() < FEWEST_POINTS) {
      return Reasons.tooShort(name(), curve.size(), FEWEST_POINTS);
    }

    double[] logLr = Arrays.stream(curve.lrs()).map(Math::log10).toArray();
    LossShape shape = new LossShape(logLr, curve.losses());
    if (!(shape.drop() > DROP_ERRORS * shape.dropError())) {
      return noFall(shape);
    }
    boolean blewUp = curve.lr(curve.size() - 1) < whole.lr(whole.size() - 1);
    int turned = shape.turn(FLOOR_PARTS[FLOOR_PARTS.length - 1]);
    boolean rises = shape.riseAfter(turned) > RISE_ERRORS || shape.staysHighAfter(turned);
    if (!blewUp && !rises) {
      return noTurn(curve, shape);
    }
    return range(curve, shape, logLr);
  }

  private Suggestion range(Curve curve, LossShape shape, double[] logLr) {
    double fall = Math.max(ONSET_PART * shape.drop(), ONSET_ERRORS * shape.dropError());
    double onset = curve.lr(shape.onset(fall));
    double arrival = mean(logLr, shape::arrival);
    double turn = mean(logLr, shape::turn);
    double middle = Math.sqrt(arrival * turn);
    double maxLr = Math.min(middle, FARTHEST_ON_FLOOR * arrival);
    double minLr = Math.min(onset, maxLr / LEAST_RATIO);
    String lower =
        onset <= minLr
            ? Reasons.text(
                "The loss starts at %s and begins to fall at %s",
                Reasons.number(shape.start()), Reasons.lr(onset))
            : Reasons.text(
                "The loss starts at %s and begins to fall only at %s, so the lower bound is a"
                    + " quarter of the upper one",
                Reasons.number(shape.start()), Reasons.lr(onset));
    String upper =
        maxLr == middle
            ? "the middle of the floor on the logarithmic scale"
            : "a decade above the floor's beginning, and below its middle";
    return Suggestion.range(
        name(),
        minLr,
        maxLr,
        Reasons.text(
            "%s; it is at its floor, %s, from %s on and turns at %s, and the upper bound is %s.",
            lower, Reasons.number(shape.floor()), Reasons.lr(arrival), Reasons.lr(turn), upper));
  }

  /** The geometric mean of the learning rates at which the curve crosses each of the levels. */
  private static double mean(double[] logLr, DoubleToIntFunction crossing) {
    return Math.pow(
        10,
        Arrays.stream(FLOOR_PARTS)
            .map(part -> logLr[crossing.applyAsInt(part)])
            .average()
            .orElseThrow());
  }

  private Suggestion noFall(LossShape shape) {
    return Suggestion.none(
        name(),
        Reasons.text(
            "The loss never really falls: it starts at %s, its lowest level is %s, and its noise is"
                + " %s. A sweep to a higher learning rate or with more steps may show a fall.",
            Reasons.number(shape.start()),
            Reasons.number(shape.floor()),
            Reasons.number(shape.startNoise())));
  }

  private Suggestion noTurn(Curve curve, LossShape shape) {
    return Suggestion.none(
        name(),
        Reasons.text(
            "The loss falls from %s to %s but has not turned at the last learning rate, %s, so the"
                + " upper bound is not known. Sweep to a higher learning rate.",
            Reasons.number(shape.start()),
            Reasons.number(shape.floor()),
            Reasons.lr(curve.lr(curve.size() - 1))));
  }

  /** From the first finite loss to the last before one that is not. */
  private static Curve finitePart(Curve curve) {
    int from = 0;
    while (from < curve.size() && !Double.isFinite(curve.loss(from))) {
      from++;
    }
    int to = from;
    while (to < curve.size() && Double.isFinite(curve.loss(to))) {
      to++;
    }
    return curve.between(from, to);
  }
}
