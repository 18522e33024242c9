package org.lrsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lrsweep.finder.Suggestion;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.sweep.LrRange;

class RangeChoiceTest {
  private static final List<Suggestion> SUGGESTIONS =
      List.of(
          Suggestion.range("descent", 1e-5, 1e-2, "it falls and turns"),
          Suggestion.rate("minimum", 4e-3, "a tenth of the lowest"),
          Suggestion.none("slide", "it never slides"));

  private static RangeChoice choose(String method, LrRange... configured) {
    return RangeChoice.of("run-a", SUGGESTIONS, method, List.of(configured));
  }

  @Test
  void aMethodsRangeIsTakenAsItIs() {
    RangeChoice choice = choose("descent");

    assertThat(choice.found()).contains(new LrRange(1e-5, 1e-2));
    assertThat(choice.rows()).hasSize(3);
    assertThat(choice.rows().get(0).selected()).isTrue();
    assertThat(choice.sentences()).contains("LR 1.00e-05 to 0.0100", "it falls and turns");
  }

  @Test
  void oneLearningRateIsTheTopOfACycleFromAQuarterOfIt() {
    RangeChoice choice = choose("minimum");

    assertThat(choice.found()).contains(new LrRange(1e-3, 4e-3));
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
    RangeChoice choice = choose("slide");

    assertThat(choice.found()).isEmpty();
    assertThat(choice.rows()).noneMatch(FinderSuggestionRow::selected);
    assertThat(choice.sentences()).contains("No range was found", "it never slides");
  }

  @Test
  void theConfigurationsRangesWin() {
    RangeChoice choice = choose("descent", new LrRange(0.1, 0.2), new LrRange(0.1, 0.4));

    assertThat(choice.rows())
        .filteredOn(FinderSuggestionRow::selected)
        .extracting(FinderSuggestionRow::method)
        .containsExactly("config", "config-2");
    assertThat(choice.found()).isEmpty();
  }
}
