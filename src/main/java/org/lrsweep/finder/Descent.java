package org.lrsweep.finder;

import java.util.Arrays;

/** LRSweep's own method: from where the loss really starts to fall to where it turns. */
final class Descent implements RangeMethod {

  private static final int FEWEST_POINTS = 20;
  private static final double WINDOW_DECADES = 0.2;
  private static final int FEWEST_IN_WINDOW = 7;
  private static final double ONSET_PART = 0.03;

  @Override
  public String name() {
    return "descent";
  }

  @Override
  public Suggestion suggest(Curve whole) {
    double[] loss = finite(whole);
    if (loss.length < FEWEST_POINTS) {
      return Reasons.tooShort(name(), loss.length, FEWEST_POINTS);
    }
    Curve curve = whole.between(0, loss.length);
    double[] level = levels(curve);
    int lowest = 0;
    for (int i = 1; i < level.length; i++) {
      if (level[i] < level[lowest]) {
        lowest = i;
      }
    }
    double start = median(Arrays.copyOf(level, Math.max(FEWEST_IN_WINDOW, level.length / 10)));
    double drop = start - level[lowest];
    int onset = lowest;
    while (onset > 0 && level[onset] < start - ONSET_PART * drop) {
      onset--;
    }
    if (!(drop > 0) || onset >= lowest) {
      return Suggestion.none(
          name(),
          Reasons.text("The loss never falls below its first level, %s.", Reasons.number(start)));
    }
    return Suggestion.range(
        name(),
        curve.lr(onset),
        curve.lr(lowest),
        Reasons.text(
            "The loss leaves its first level, %s, at %s and is lowest, %s, at %s.",
            Reasons.number(start),
            Reasons.lr(curve.lr(onset)),
            Reasons.number(level[lowest]),
            Reasons.lr(curve.lr(lowest))));
  }

  private static double[] finite(Curve curve) {
    int end = 0;
    while (end < curve.size() && Double.isFinite(curve.loss(end))) {
      end++;
    }
    return Arrays.copyOf(curve.losses(), end);
  }

  private static double[] levels(Curve curve) {
    double[] level = new double[curve.size()];
    for (int i = 0; i < level.length; i++) {
      int from = i;
      int to = i + 1;
      double half = Math.pow(10, WINDOW_DECADES / 2);
      while (from > 0 && curve.lr(from - 1) >= curve.lr(i) / half) {
        from--;
      }
      while (to < level.length && curve.lr(to) <= curve.lr(i) * half) {
        to++;
      }
      while (to - from < Math.min(FEWEST_IN_WINDOW, level.length)) {
        from = Math.max(0, from - 1);
        to = Math.min(level.length, to + 1);
      }
      level[i] = median(Arrays.copyOfRange(curve.losses(), from, to));
    }
    return level;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
