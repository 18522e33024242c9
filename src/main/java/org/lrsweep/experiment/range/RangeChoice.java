package org.lrsweep.experiment.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.TrialRange;

/**
 * Which ranges the trials are to use, and why.
 *
 * @param rows every method's answer; what is selected is marked, and added where it is no method's
 * @param ranges to make trials with; empty if none was found or given
 * @param sentences says it to the user
 */
public record RangeChoice(
    List<FinderSuggestionRow> rows, List<TrialRange> ranges, String sentences) {
  private static final String CONFIGURED = "config";

  /**
   * Chooses.
   *
   * @param suggestions every method's answer
   * @param methods those whose answers count
   * @param configured the configuration's ranges
   */
  public static RangeChoice of(
      String runId, List<Suggestion> suggestions, List<String> methods, List<LrRange> configured) {
    List<FinderSuggestionRow> rows = new ArrayList<>();
    List<TrialRange> ranges = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (Suggestion suggestion : suggestions) {
      boolean counts = methods.contains(suggestion.method());
      rows.add(SuggestionRows.row(runId, suggestion, counts && suggestion.isRange()));
      if (counts) {
        Optional<LrRange> bounds = suggestion.bounds();
        if (bounds.isPresent() && !suggestion.isRange()) {
          rows.add(SuggestionRows.cycle(runId, suggestion.method(), bounds.get()));
        }
        bounds.ifPresent(range -> ranges.add(TrialRange.by(suggestion.method(), range)));
        sentences.add(sentences(suggestion));
        if (bounds.isEmpty()) {
          silent.add(suggestion.method());
        }
      }
    }
    for (int i = 0; i < configured.size(); i++) {
      String name = i == 0 ? CONFIGURED : CONFIGURED + "-" + (i + 1);
      rows.add(SuggestionRows.configured(runId, name, configured.get(i)));
      ranges.add(TrialRange.given(configured.get(i)));
      sentences.add("Chosen range: LR " + words(configured.get(i)) + " (config).");
    }
    if (!silent.isEmpty() && !ranges.isEmpty()) {
      sentences.add("There will be no trials for " + String.join(", ", silent) + ".");
    }
    return new RangeChoice(rows, ranges, String.join(System.lineSeparator(), sentences));
  }

  private static String sentences(Suggestion suggestion) {
    String answer =
        suggestion
            .bounds()
            .map(bounds -> "Chosen range: LR " + words(bounds))
            .orElse("No range was found");
    return answer
        + " ("
        + suggestion.method()
        + ")."
        + System.lineSeparator()
        + suggestion.reason();
  }

  private static String words(LrRange range) {
    return range.baseLr() == range.maxLr()
        ? String.format(Locale.ROOT, "%.3g", range.maxLr())
        : String.format(Locale.ROOT, "%.3g to %.3g", range.baseLr(), range.maxLr());
  }
}
