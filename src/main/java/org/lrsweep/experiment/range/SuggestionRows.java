package org.lrsweep.experiment.range;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.lrsweep.curve.RangeMethod;
import org.lrsweep.curve.RangeMethods;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.confirm.Confirmation;

/** Methods' answers as rows of the table finder_suggestions, and back. */
public final class SuggestionRows {
  private static final String CYCLE = "-cycle";

  private SuggestionRows() {}

  /** An answer as a row. */
  public static FinderSuggestionRow row(String runId, Suggestion suggestion, boolean selected) {
    return new FinderSuggestionRow(
        runId,
        suggestion.method(),
        orNull(suggestion.lr()),
        orNull(suggestion.minLr()),
        orNull(suggestion.maxLr()),
        suggestion.reason(),
        selected);
  }

  /** The range used of a method that gives one learning rate. */
  static FinderSuggestionRow cycle(String runId, String method, LrRange range) {
    String reason =
        "Cycles from a quarter of the one learning rate that "
            + method
            + " gives up to it, by Smith's rule of thumb";
    return selected(runId, method + CYCLE, range, reason);
  }

  /** A range used that the configuration names. */
  static FinderSuggestionRow configured(String runId, String name, LrRange range) {
    return selected(
        runId, name, range, "sweep.base-lrs and sweep.max-lrs of the configuration name it");
  }

  private static FinderSuggestionRow selected(
      String runId, String method, LrRange range, String reason) {
    return new FinderSuggestionRow(
        runId, method, null, range.baseLr(), range.maxLr(), reason, true);
  }

  /** The answer that a row records. */
  public static Suggestion suggestion(FinderSuggestionRow row) {
    return new Suggestion(
        row.method(),
        optional(row.lr()),
        optional(row.minLr()),
        optional(row.maxLr()),
        row.reason());
  }

  /** The method that chose a selected row's range; empty if the configuration did. */
  public static Optional<String> chooser(FinderSuggestionRow selected) {
    return Stream.concat(
            RangeMethods.all().stream().map(RangeMethod::name), Stream.of(Confirmation.NAME))
        .filter(name -> selected.method().equals(name) || selected.method().equals(name + CYCLE))
        .findFirst();
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
