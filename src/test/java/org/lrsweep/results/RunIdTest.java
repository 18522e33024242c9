package org.lrsweep.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"exp_2026.11", "A", "a", "r-1", "lasting", "nan1", "Exp.v1_b-2"})
  void lettersDigitsDashesDotsAndUnderscoresMakeAnId(String id) {
    assertThat(RunId.requireNew(id)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"last", "Last"})
  void theWordForTheLatestRunIsRefused(String id) {
    assertThatThrownBy(() -> RunId.requireNew(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "run_id can't be \""
                + id
                + "\", since commands call the latest run by it;"
                + " take another one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "FALSE",
        "null",
        "None",
        "NaN",
        "inf",
        "Infinity",
        "now",
        "today",
        "tomorrow",
        "yesterday",
        "epoch"
      })
  void wordsThatReadersTakeForOtherTypesAreRefused(String id) {
    assertThatThrownBy(() -> RunId.requireNew(id))
        .hasMessage(
            "run_id can't be \""
                + id
                + "\", since readers of the tables would take it for a value"
                + " of another type; take another one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.", "a-", "a_"})
  void aSignAtTheEndIsRefused(String id) {
    assertThatThrownBy(() -> RunId.requireNew(id))
        .hasMessage(
            "run_id can't be \""
                + id
                + "\", since an id must end with a letter or a digit;"
                + " take another one");
  }

  @Test
  void aNumberOrADateIsRefused() {
    for (String id : new String[] {"12", "2026-11-23", "1e3", ".", "..", ".hidden", "_hidden"}) {
      assertThatThrownBy(() -> RunId.requireNew(id))
          .hasMessage(
              "run_id must start with a letter a-z or A-Z and hold only such letters, 0-9, '-', '_'"
                  + " and single '.', at most 63 characters, found \""
                  + id
                  + "\"");
    }
  }
}
