package org.lrsweep.experiment.phases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lrsweep.results.EpochRow;

class EpochTimesTest {
  private static List<EpochRow> lasting(Long... millis) {
    return Stream.of(millis)
        .map(time -> new EpochRow("run-1", "trial-01", 1, 0.5, 0.5, 0.5, 0.5, time))
        .toList();
  }

  /** Epochs of ten steps in 100, 200 and 600 ms: a step takes 30 ms on average, 10 to 60. */
  @Test
  void aStepTakesItsPartOfAnEpoch() {
    assertThat(EpochTimes.of(lasting(600L, 100L, 200L), 10))
        .contains(new EpochTimes(3, 30, 10, 60));
  }

  @Test
  void oneEpochInTenIsLeftOutAtEitherEnd() {
    Long[] times = {5L, 1000L, 20L, 20L, 20L, 20L, 20L, 20L, 20L, 20L};
    assertThat(EpochTimes.of(lasting(times), 1)).contains(new EpochTimes(10, 116.5, 20, 116.5));
  }

  @Test
  void nothingIsKnownWithoutAnEpoch() {
    assertThat(EpochTimes.of(List.of(), 10)).isEmpty();
  }

  /** In two slots: 30 and 10 steps, then 10 behind the 10. */
  @Test
  void aTrialBeginsInTheFirstFreeSlot() {
    EpochTimes times = new EpochTimes(3, 30, 10, 60);

    assertThat(times.estimate(List.of(30L, 10L, 10L), 2))
        .isEqualTo(
            new SweepEstimate(
                Duration.ofMillis(900), Duration.ofMillis(300), Duration.ofMillis(1800)));
    assertThat(times.estimate(List.of(30L, 10L, 10L), 1).likely())
        .isEqualTo(Duration.ofMillis(1500));
  }
}
