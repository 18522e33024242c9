package org.lrsweep.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
  private static final Instant START = Instant.parse("2026-11-23T09:30:00.123456789Z");

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "1",
        "20261123",
        "2026-11-23",
        "a b",
        "a/b",
        ".",
        "..",
        "a..b",
        ".a",
        "_a",
        "a=b",
        "a+b",
        "a%2fb",
        "a\nb",
        "ä",
        "٣"
      })
  void refusesIdsThatAreNotSafeInPaths(String id) {
    assertThatThrownBy(() -> new TrainStepRow(id, "t1", 0, 1, 0.1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("run_id must start with a letter a-z or A-Z")
        .hasMessageContaining(String.valueOf(id));
    assertThatThrownBy(() -> new TrainStepRow("r1", id, 0, 1, 0.1, 1))
        .hasMessageStartingWith("trial_id must start with a letter a-z or A-Z");
  }

  @Test
  void refusesIdsThatAreTooLong() {
    String longest = "a".repeat(63);

    assertThat(new TrainStepRow(longest, "t", 0, 1, 0.1, 1).runId()).isEqualTo(longest);
    assertThatThrownBy(() -> new TrainStepRow(longest + "a", "t", 0, 1, 0.1, 1))
        .hasMessageContaining("at most 63 characters");
  }

  @Test
  void runsKeepMicroseconds() {
    assertThat(run(RunStatus.RUNNING, null).startedAt())
        .isEqualTo(Instant.parse("2026-11-23T09:30:00.123456Z"));
  }

  @Test
  void aRunHasAnEndExactlyWhenItIsOver() {
    assertThatThrownBy(() -> run(RunStatus.RUNNING, START))
        .hasMessageStartingWith("finished_at must be null while status is RUNNING");
    assertThatThrownBy(() -> run(RunStatus.COMPLETED, null))
        .hasMessageContaining("found null with COMPLETED");
    assertThat(run(RunStatus.RUNNING, null).ended(RunStatus.FAILED, START))
        .isEqualTo(run(RunStatus.FAILED, START));
  }

  @Test
  void lossesMayBeNaNButRatesMayNot() {
    assertThat(new TrainStepRow("r", "t", 0, 1, 0, Double.NaN).loss()).isNaN();
    assertThatThrownBy(() -> new TrainStepRow("r", "t", 0, 1, Double.NaN, 1))
        .hasMessage("lr must be >= 0 and finite, found NaN");
    assertThatThrownBy(() -> new TrainStepRow("r", "t", -1, 1, 0.1, 1))
        .hasMessage("step must be >= 0, found -1");
    assertThatThrownBy(() -> new FinderStepRow("r", 0, 0, 1, 1, 1, 1, 64, 0, null))
        .hasMessage("lr must be > 0 and finite, found 0.0");
    assertThatThrownBy(() -> new EpochRow("r", "t", 1, 1, 1.01, null, null, 0))
        .hasMessage("train_accuracy must be >= 0 and <= 1, found 1.01");
    assertThatThrownBy(() -> new EpochRow("r", "t", 1, 1, 1.0, 0.1, Double.NaN, 0))
        .hasMessage("val_accuracy must be >= 0 and <= 1, found NaN");
  }

  @Test
  void aSuggestionIsARateOrARangeOrNeither() {
    assertThat(suggestion(null, null, null, false).minLr()).isNull();
    assertThatThrownBy(() -> suggestion(null, 0.1, null, false))
        .hasMessage("min_lr and max_lr must be given together, found 0.1 and null");
    assertThatThrownBy(() -> suggestion(0.1, 0.1, 0.2, false))
        .hasMessage("a suggestion gives lr or a range, found lr 0.1 and 0.1 to 0.2");
    assertThatThrownBy(() -> suggestion(null, 0.2, 0.1, false))
        .hasMessage("max_lr must be >= min_lr (0.2), found 0.1");
    assertThatThrownBy(() -> suggestion(0.1, null, null, true))
        .hasMessageContaining("the selected suggestion must give min_lr and max_lr");
  }

  @Test
  void aTrialHasAnErrorExactlyWhenItFailed() {
    assertThatThrownBy(() -> trial(TrialStatus.COMPLETED, "lost"))
        .hasMessage("error must be null for a COMPLETED trial, found \"lost\"");
    assertThatThrownBy(() -> trial(TrialStatus.FAILED, null))
        .hasMessage("error must not be null for a FAILED trial");
    assertThat(trial(TrialStatus.DIVERGED, "loss 9.1 at step 3").error())
        .isEqualTo("loss 9.1 at step 3");
  }

  private static FinderSuggestionRow suggestion(
      Double lr, Double minLr, Double maxLr, boolean selected) {
    return new FinderSuggestionRow("r", "steepest", lr, minLr, maxLr, "why", selected);
  }

  private static TrialRow trial(TrialStatus status, String error) {
    return new TrialRow(
        "r",
        "t",
        "triangular",
        2,
        20,
        0.1,
        0.2,
        64,
        4,
        1,
        status,
        error,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Metric.ACCURACY.label(),
        null,
        null,
        null);
  }

  private static RunRow run(RunStatus status, Instant end) {
    return new RunRow(
        "r", status, START, end, "1", "3.5.5", "local", "{}", "garments", "ab", 10, 2, 1, 1, 1);
  }
}
