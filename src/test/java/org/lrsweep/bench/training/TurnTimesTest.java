package org.lrsweep.bench.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnTimesTest {
  /** Turns of two rounds: 10, 20 and 40 ms a round, of which 4, 5 and 6 are training. */
  @Test
  void aRoundTakesTheMedianOfTheTurnsMeans() {
    TurnTimes times = new TurnTimes(2);
    times.record(40, 10);
    times.record(20, 8);
    times.record(80, 12);

    RoundsResult result = times.result("tiny", 1510, RoundsEngine.LRSWEEP, 2, 8);

    // Overheads of a round are 15, 6 and 34 ms.
    assertThat(result)
        .isEqualTo(new RoundsResult("tiny", 1510, RoundsEngine.LRSWEEP, 2, 8, 6, 20, 5, 15, 34));
  }
}
