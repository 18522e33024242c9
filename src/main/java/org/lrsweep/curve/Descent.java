package org.lrsweep.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleToIntFunction;

/**
 * LRSweep's own method, the only one that gives both bounds: from where the loss really starts to
 * fall to well before it turns.
 *
 * <p>Reads the raw losses, since a smoothed loss lags behind the learning rate. The answer does not
 * change when all losses are scaled or shifted, and scales with the learning rates. Of two valleys
 * the first is read; there is no answer if there are more, as in an oscillation.
 *
 * <ul>
 *   <li>The lower bound is where the loss has fallen by 3 % of its whole drop, the least that an
 *       eye sees on a plot, or by three standard errors of its level where the noise hides that.
 *       Where the loss falls from the first point on it is that point's learning rate.
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
final class Descent implements RangeMethod {

  /** Fewer points cannot tell a flat part, a fall and a rise from noise. */
  private static final int FEWEST_POINTS = 20;

  private static final double ONSET_PART = 0.03;
  private static final double ONSET_ERRORS = 3;

  /** So many times the part above is a fall that no eye misses. */
  private static final double NOISY = 2;

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

  /** The method's answer, and the floor that it comes from; empty where there is no range. */
  record Reading(Suggestion answer, Optional<Floor> floor) {
    private static Reading none(Suggestion answer) {
      return new Reading(answer, Optional.empty());
    }

    private Reading adding(String sentence) {
      return new Reading(answer.adding(sentence), floor);
    }
  }

  @Override
  public Suggestion suggest(Curve whole) {
    return read(whole).answer();
  }

  Reading read(Curve whole) {
    Curve curve = finitePart(whole);
    if (curve.size() < FEWEST_POINTS) {
      return Reading.none(Reasons.tooShort(name(), curve.size(), FEWEST_POINTS));
    }

    LossShape shape = shape(curve);
    List<Integer> ridges = shape.ridges();
    if (ridges.size() > 1) {
      return Reading.none(manyValleys(ridges.size() + 1));
    }
    if (!shape.falls(DROP_ERRORS)) {
      return Reading.none(noFall(shape));
    }
    if (ridges.size() == 1) {
      return firstValley(curve, ridges.get(0));
    }
    boolean blewUp = curve.size() < whole.size();
    int turned = shape.turn(FLOOR_PARTS[FLOOR_PARTS.length - 1]);
    boolean rises = shape.riseAfter(turned) > RISE_ERRORS || shape.staysHighAfter(turned);
    if (!blewUp && !rises) {
      return Reading.none(noTurn(curve, shape));
    }
    return range(curve, shape);
  }

  private static LossShape shape(Curve curve) {
    return new LossShape(logLr(curve), curve.losses());
  }

  private static double[] logLr(Curve curve) {
    return Arrays.stream(curve.lrs()).map(Math::log10).toArray();
  }

  /** The range of the first of two valleys, which a ridge ends. */
  private Reading firstValley(Curve curve, int ridge) {
    Curve before = curve.between(0, ridge + 1);
    if (before.size() < FEWEST_POINTS) {
      return Reading.none(
          Suggestion.none(
              name(),
              Reasons.text(
                  "At %s the loss is back at %s and then falls a second time; the %d points of its"
                      + " first fall are too few, the method needs %d.",
                  Reasons.lr(curve.lr(ridge)),
                  Reasons.number(curve.loss(ridge)),
                  before.size(),
                  FEWEST_POINTS)));
    }
    LossShape shape = shape(before);
    if (!shape.falls(DROP_ERRORS)) {
      return Reading.none(manyValleys(2));
    }
    String reason =
        Reasons.text(
            "At %s the loss is back at %s and then falls a second time: a range across that would"
                + " lose there what it has learned.",
            Reasons.lr(curve.lr(ridge)), Reasons.number(curve.loss(ridge)));
    return range(before, shape).adding(reason);
  }

  private Reading range(Curve curve, LossShape shape) {
    double[] logLr = logLr(curve);
    double onset = curve.lr(shape.onset(ONSET_PART, ONSET_ERRORS));
    boolean known = !shape.beginsInFall();
    double arrival = mean(logLr, shape::arrival);
    double turn = mean(logLr, shape::turn);
    double middle = Math.sqrt(arrival * turn);
    double maxLr = Math.min(middle, FARTHEST_ON_FLOOR * arrival);
    double ruleOfThumb = maxLr / LEAST_RATIO;
    double minLr = Math.min(known ? onset : curve.lr(0), ruleOfThumb);
    String begins =
        known
            ? Reasons.text(
                onset <= ruleOfThumb
                    ? "begins to fall at %s%s"
                    : "begins to fall only at %s%s, so the lower bound is a quarter of the upper"
                        + " one",
                Reasons.lr(onset),
                shape.hidesOnset(ONSET_PART * NOISY, ONSET_ERRORS)
                    ? ", as far as the noise lets it be seen"
                    : "")
            : Reasons.text(
                "falls from the first learning rate on, %s, so that the lower bound is not known"
                    + " and %s is taken",
                Reasons.lr(curve.lr(0)),
                minLr == curve.lr(0) ? "that rate" : "a quarter of the upper one");
    String upper =
        maxLr == middle
            ? "the middle of the floor on the logarithmic scale"
            : "a decade above the floor's beginning, and below its middle";
    Suggestion answer =
        Suggestion.range(
            name(),
            minLr,
            maxLr,
            Reasons.text(
                "The loss starts at %s and %s; it is at its floor, %s, from %s on and turns at %s,"
                    + " and the upper bound is %s.",
                Reasons.number(shape.start()),
                begins,
                Reasons.number(shape.floor()),
                Reasons.lr(arrival),
                Reasons.lr(turn),
                upper));
    return new Reading(answer, Optional.of(new Floor(arrival, Math.max(arrival, turn))));
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

  private Suggestion manyValleys(int valleys) {
    return Suggestion.none(
        name(),
        Reasons.text(
            "The loss falls and rises again %d times by half of its whole drop or more, so that"
                + " none of its falls can be put down to the learning rate.",
            valleys));
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

  /** The points before an explosion. */
  private static Curve finitePart(Curve curve) {
    int to = 0;
    while (to < curve.size() && Double.isFinite(curve.loss(to))) {
      to++;
    }
    return curve.between(0, to);
  }
}
