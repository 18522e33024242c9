package org.lrsweep.curve;

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

  /** That losses were missing, maybe the last one. */
  static String missing(int missing, int points, boolean last) {
    return text(
        "%d of %d points %s no finite loss and %s skipped%s.",
        missing,
        points,
        missing == 1 ? "has" : "have",
        missing == 1 ? "was" : "were",
        last ? ", also the last one, since a single NaN may be a missing value" : "");
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
}
