package org.lrsweep.cli;

import java.util.OptionalDouble;
import org.lrsweep.finder.Suggestion;
import org.lrsweep.results.FinderSuggestionRow;

/** Methods' answers as rows of the table finder_suggestions. */
final class SuggestionRows {
  private SuggestionRows() {}

  static FinderSuggestionRow row(String runId, Suggestion suggestion, boolean selected) {
    return new FinderSuggestionRow(
        runId,
        suggestion.method(),
        orNull(suggestion.lr()),
        orNull(suggestion.minLr()),
        orNull(suggestion.maxLr()),
        suggestion.reason(),
        selected);
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
