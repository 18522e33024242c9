package org.lrsweep.curve;

/**
 * The bounds as Smith's paper reads them off a plot of accuracy against learning rate: "note the
 * learning rate value when the accuracy starts to increase and when the accuracy slows, becomes
 * ragged, or starts to fall. These two learning rates are good choices for bounds" (sec. 3.3).
 *
 * <p>Meant for a test whose learning rate grows linearly, and answers any curve that has
 * accuracies. The accuracy starts to increase where it has gained 3 % of its whole rise, or what
 * its noise allows to see. The upper bound is where it begins to fall, that is, the last point that
 * is no more than 10 % of the rise below its top level; a ragged accuracy is below that level on
 * average. Where it never falls, the upper bound is where it slows: where it comes within 10 % of
 * its rise to that level.
 *
 * @see <a href="https://arxiv.org/abs/1506.01186">Cyclical Learning Rates for Training Neural
 *     Networks</a>
 */
final class Smith implements RangeMethod {

  private static final int FEWEST_POINTS = 20;
  private static final double ONSET_PART = 0.03;
  private static final double ONSET_ERRORS = 3;
  private static final double RISE_ERRORS = 6;
  private static final double TOP_PART = 0.1;

  /** A rise that ends within this last part of the curve may go on beyond it. */
  private static final double END_PART = 0.2;

  /** The windows of {@link LossShape} are 0.3 wide: a twentieth of all points. */
  private static final double WIDTH = 6;

  @Override
  public String name() {
    return "smith";
  }

  @Override
  public Suggestion suggest(Curve whole) {
    if (!whole.hasAccuracy()) {
      return Suggestion.none(name(), "The curve has no accuracies, which this method reads.");
    }
    Curve curve = whole.withAccuracy();
    Suggestion answer = read(curve);
    int missing = whole.size() - curve.size();
    return missing == 0
        ? answer
        : answer.adding(
            Reasons.text(
                missing == 1
                    ? "%d point has no accuracy and was skipped."
                    : "%d points have no accuracy and were skipped.",
                missing));
  }

  private Suggestion read(Curve curve) {
    int points = curve.size();
    if (points < FEWEST_POINTS) {
      return Reasons.tooShort(name(), points, FEWEST_POINTS);
    }
    double[] place = new double[points];
    double[] errors = new double[points];
    for (int i = 0; i < points; i++) {
      place[i] = WIDTH * i / points;
      errors[i] = 1 - curve.accuracy(i);
    }
    LossShape shape = new LossShape(place, errors);
    if (!shape.falls(RISE_ERRORS)) {
      return Suggestion.none(
          name(),
          Reasons.text(
              "The accuracy never really rises: it starts at %s and its highest level is %s.",
              Reasons.number(1 - shape.start()), Reasons.number(1 - shape.floor())));
    }
    return range(curve, shape);
  }

  private Suggestion range(Curve curve, LossShape shape) {
    int turn = shape.turn(TOP_PART);
    boolean falls = shape.riseAfter(turn) > RISE_ERRORS || shape.staysHighAfter(turn);
    int upper = falls ? turn : shape.arrival(TOP_PART);
    if (!falls && upper >= (1 - END_PART) * curve.size()) {
      return Suggestion.none(
          name(),
          Reasons.text(
              "The accuracy still rises at the last learning rate, %s, so the upper bound is not"
                  + " known. Sweep to a higher learning rate.",
              Reasons.lr(curve.lr(curve.size() - 1))));
    }
    double onset = curve.lr(shape.onset(ONSET_PART, ONSET_ERRORS));
    double maxLr = curve.lr(upper);
    double ruleOfThumb = maxLr / 4;
    return Suggestion.range(
        name(),
        Math.min(onset, ruleOfThumb),
        maxLr,
        Reasons.text(
            "The accuracy starts at %s and begins to rise at %s%s; it %s at %s, near its top level"
                + " %s.",
            Reasons.number(1 - shape.start()),
            Reasons.lr(onset),
            onset > ruleOfThumb ? ", so late that a quarter of the upper bound is taken" : "",
            falls ? "begins to fall" : "rises no further",
            Reasons.lr(maxLr),
            Reasons.number(1 - shape.floor())));
  }
}
