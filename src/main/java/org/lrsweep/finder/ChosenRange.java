package org.lrsweep.finder;

import java.util.Optional;

/**
 * The bounds that a method's answer gives to the trials.
 *
 * @param minLr {@code > 0}
 * @param maxLr {@code > minLr}
 */
public record ChosenRange(double minLr, double maxLr) {

  /** Smith's rule of thumb where only the upper bound is known: base = max / 4 (2017, sec. 3.3). */
  private static final double MAX_TO_BASE = 4;

  /** The answer's bounds; of one learning rate, it and a quarter of it; empty for no answer. */
  public static Optional<ChosenRange> of(Suggestion suggestion) {
    if (suggestion.isRange()) {
      return Optional.of(
          new ChosenRange(suggestion.minLr().getAsDouble(), suggestion.maxLr().getAsDouble()));
    }
    return suggestion.lr().isPresent()
        ? Optional.of(
            new ChosenRange(
                suggestion.lr().getAsDouble() / MAX_TO_BASE, suggestion.lr().getAsDouble()))
        : Optional.empty();
  }
}
