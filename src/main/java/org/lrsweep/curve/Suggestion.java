package org.lrsweep.curve;

import java.util.Optional;
import java.util.OptionalDouble;
import org.lrsweep.schedule.LrRange;

/**
 * A method's answer: one learning rate, a range, or none; and always the reason.
 *
 * @param method the method's name
 * @param lr for a method that gives one learning rate
 * @param minLr for a method that gives a range
 * @param maxLr for a method that gives a range, {@code > minLr}
 * @param reason why, in a sentence for a human; if there is no answer, why there is none
 */
public record Suggestion(
    String method, OptionalDouble lr, OptionalDouble minLr, OptionalDouble maxLr, String reason) {

  /** An answer that is one learning rate. */
  public static Suggestion rate(String method, double lr, String reason) {
    return new Suggestion(
        method, OptionalDouble.of(lr), OptionalDouble.empty(), OptionalDouble.empty(), reason);
  }

  /** An answer that is a range. */
  public static Suggestion range(String method, double minLr, double maxLr, String reason) {
    return new Suggestion(
        method, OptionalDouble.empty(), OptionalDouble.of(minLr), OptionalDouble.of(maxLr), reason);
  }

  /** No answer. */
  public static Suggestion none(String method, String reason) {
    return new Suggestion(
        method, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), reason);
  }

  /** The same answer with one more sentence in its reason. */
  public Suggestion adding(String sentence) {
    return new Suggestion(method, lr, minLr, maxLr, reason + " " + sentence);
  }

  /** The bounds that trials use: the range, or of one learning rate a quarter of it and it. */
  public Optional<LrRange> bounds() {
    if (isRange()) {
      return Optional.of(new LrRange(minLr.getAsDouble(), maxLr.getAsDouble()));
    }
    return lr.isPresent() ? Optional.of(LrRange.upTo(lr.getAsDouble())) : Optional.empty();
  }

  /** Whether the answer is a range. */
  public boolean isRange() {
    return minLr.isPresent() && maxLr.isPresent();
  }

  /** Whether there is no answer. */
  public boolean isNone() {
    return lr.isEmpty() && !isRange();
  }
}
