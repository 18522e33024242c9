package org.lrsweep.range;

import java.util.Locale;

/** The words of the suggestions. */
public final class Reasons {

  private Reasons() {}

  static Suggestion tooShort(String method, int points, int needed) {
    return Suggestion.none(
        method,
        text(
            "Only %d finite %s left of the curve after trimming; the method needs %d.",
            points, points == 1 ? "point is" : "points are", needed));
  }

  public static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  public static String lr(double lr) {
    return text("%.2e", lr);
  }

  static String number(double value) {
    return text(Math.abs(value) < 1e5 ? "%.4g" : "%.3e", value);
  }

  static String loss(Curve curve, int point) {
    return number(curve.smoothedLoss(point));
  }
}
