package org.lrsweep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lrsweep.finder.ChosenRange;
import org.lrsweep.finder.Suggestion;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.sweep.LrRange;

/**
 * Which range the trials are to use, and why.
 *
 * @param rows every method's answer; what is selected is marked, and added where it is no method's
 * @param found the range that the chosen method gives; empty if it gives none, or if the
 *     configuration names the ranges
 * @param sentences says it to the user
 */
record RangeChoice(List<FinderSuggestionRow> rows, Optional<LrRange> found, String sentences) {
  private static final String CONFIGURED = "config";

  /**
   * Chooses.
   *
   * @param suggestions every method's answer
   * @param method the method whose answer counts
   * @param configured the configuration's ranges, which win; empty if it names none
   */
  static RangeChoice of(
      String runId, List<Suggestion> suggestions, String method, List<LrRange> configured) {
    return configured.isEmpty()
        ? ofMethod(runId, suggestions, method)
        : ofConfiguration(runId, suggestions, configured);
  }

  private static RangeChoice ofMethod(String runId, List<Suggestion> suggestions, String method) {
    List<FinderSuggestionRow> rows = new ArrayList<>();
    Suggestion chosen = null;
    for (Suggestion suggestion : suggestions) {
      boolean its = suggestion.method().equals(method);
      chosen = its ? suggestion : chosen;
      rows.add(SuggestionRows.row(runId, suggestion, its && suggestion.isRange()));
    }
    Optional<LrRange> range =
        ChosenRange.of(chosen).map(bounds -> new LrRange(bounds.minLr(), bounds.maxLr()));
    if (range.isPresent() && !chosen.isRange()) {
      rows.add(
          selected(
              runId,
              method + "-cycle",
              range.get(),
              "Cycles from a quarter of the one learning rate that "
                  + method
                  + " gives up to it, by Smith's rule of thumb"));
    }
    String first =
        range
            .map(r -> "Chosen range: LR " + bounds(r) + " (" + method + ").")
            .orElse("No range was found (" + method + ").");
    return new RangeChoice(rows, range, first + System.lineSeparator() + chosen.reason());
  }

  private static RangeChoice ofConfiguration(
      String runId, List<Suggestion> suggestions, List<LrRange> configured) {
    List<FinderSuggestionRow> rows = new ArrayList<>();
    suggestions.forEach(suggestion -> rows.add(SuggestionRows.row(runId, suggestion, false)));
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < configured.size(); i++) {
      LrRange range = configured.get(i);
      String name = i == 0 ? CONFIGURED : CONFIGURED + "-" + (i + 1);
      String reason = "sweep.base-lrs and sweep.max-lrs of the configuration win";
      rows.add(selected(runId, name, range, reason));
      sentences.add("Chosen range: LR " + bounds(range) + " (config).");
    }
    return new RangeChoice(rows, Optional.empty(), String.join(System.lineSeparator(), sentences));
  }

  private static String bounds(LrRange range) {
    return String.format(Locale.ROOT, "%.3g to %.3g", range.baseLr(), range.maxLr());
  }

  private static FinderSuggestionRow selected(
      String runId, String method, LrRange range, String reason) {
    return new FinderSuggestionRow(
        runId, method, null, range.baseLr(), range.maxLr(), reason, true);
  }
}
