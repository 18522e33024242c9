package org.lrsweep.experiment.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.TrialRange;

class RangeChoiceTest {
  private static final List<Suggestion> SUGGESTIONS =
      List.of(
          Suggestion.range("descent", 1e-5, 1e-2, "it falls and turns"),
          Suggestion.rate("minimum", 4e-3, "a tenth of the lowest"),
          Suggestion.none("slide", "it never slides"));

  private static RangeChoice choose(List<String> methods, LrRange... configured) {
    return RangeChoice.of("run-a", SUGGESTIONS, methods, List.of(configured));
  }

  @Test
  void aMethodsRangeIsTakenAsItIs() {
    RangeChoice choice = choose(List.of("descent"));

    assertThat(choice.ranges()).containsExactly(TrialRange.by("descent", new LrRange(1e-5, 1e-2)));
    assertThat(choice.rows()).hasSize(3);
    assertThat(choice.rows().get(0).selected()).isTrue();
    assertThat(choice.sentences()).contains("LR 1.00e-05 to 0.0100", "it falls and turns");
  }

  @Test
  void oneLearningRateIsTheTopOfACycleFromAQuarterOfIt() {
    RangeChoice choice = choose(List.of("minimum"));

    assertThat(choice.ranges()).containsExactly(TrialRange.by("minimum", new LrRange(1e-3, 4e-3)));
    assertThat(choice.rows())
        .filteredOn(FinderSuggestionRow::selected)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.method()).isEqualTo("minimum-cycle");
              assertThat(row.minLr()).isEqualTo(1e-3);
              assertThat(row.maxLr()).isEqualTo(4e-3);
            });
    assertThat(choice.rows().get(1).lr()).isEqualTo(4e-3);
  }

  @Test
  void noAnswerSelectsNothingAndSaysWhy() {
    RangeChoice choice = choose(List.of("slide"));

    assertThat(choice.ranges()).isEmpty();
    assertThat(choice.rows()).noneMatch(FinderSuggestionRow::selected);
    assertThat(choice.sentences()).contains("No range was found", "it never slides");
  }

  @Test
  void theConfigurationsRangesWin() {
    RangeChoice choice = choose(List.of(), new LrRange(0.1, 0.2), new LrRange(0.1, 0.4));

    assertThat(choice.rows())
        .filteredOn(FinderSuggestionRow::selected)
        .extracting(FinderSuggestionRow::method)
        .containsExactly("config", "config-2");
    assertThat(choice.ranges())
        .containsExactly(
            TrialRange.given(new LrRange(0.1, 0.2)), TrialRange.given(new LrRange(0.1, 0.4)));
  }

  @Test
  void severalMethodsAreTriedSideBySideAndOneWithoutARangeIsPassedOver() {
    RangeChoice choice = choose(List.of("slide", "minimum", "descent"), new LrRange(0.1, 0.2));

    assertThat(choice.ranges())
        .containsExactly(
            TrialRange.by("descent", new LrRange(1e-5, 1e-2)),
            TrialRange.by("minimum", new LrRange(1e-3, 4e-3)),
            TrialRange.given(new LrRange(0.1, 0.2)));
    assertThat(choice.rows())
        .filteredOn(FinderSuggestionRow::selected)
        .extracting(FinderSuggestionRow::method)
        .containsExactly("descent", "minimum-cycle", "config");
    assertThat(choice.sentences())
        .contains("it never slides")
        .endsWith("There will be no trials for slide.");
  }

  @Test
  void whatAnEarlierRunSelectedTellsItsMethod() {
    List<FinderSuggestionRow> rows =
        choose(List.of("minimum", "descent"), new LrRange(0.1, 0.2)).rows();

    assertThat(rows.stream().filter(FinderSuggestionRow::selected).map(SuggestionRows::chooser))
        .containsExactly(Optional.of("descent"), Optional.of("minimum"), Optional.empty());
    assertThat(rows.stream().limit(1).map(SuggestionRows::suggestion))
        .containsExactly(SUGGESTIONS.get(0));
  }
}
