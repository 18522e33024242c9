package org.lrsweep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StintLengthTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void growsByDoublingUpToEightSecondsOfTraining() {
    StintLength length = new StintLength(() -> true);

    assertThat(length.next(50)).isEqualTo(1);
    length.took(100 * MILLI, 1);
    assertThat(length.next(50)).isEqualTo(2);
    length.took(200 * MILLI, 2);
    assertThat(length.next(50)).isEqualTo(4);
    length.took(400 * MILLI, 4);
    length.took(800 * MILLI, 8);
    length.took(1600 * MILLI, 16);
    length.took(3200 * MILLI, 32);
    assertThat(length.next(100)).isEqualTo(64);
    length.took(6400 * MILLI, 64);
    assertThat(length.next(100)).isEqualTo(80);
    assertThat(length.next(3)).isEqualTo(3);
  }

  @Test
  void isOneWhereARoundTakesLongerThanThat() {
    StintLength length = new StintLength(() -> true);
    length.took(9000 * MILLI, 1);

    assertThat(length.next(50)).isEqualTo(1);
  }

  @Test
  void isOneWhereWorkersCannotTrainTogether() {
    StintLength length = new StintLength(() -> false);
    length.took(MILLI, 1);

    assertThat(length.next(50)).isEqualTo(1);
  }

  @Test
  void isOneForFiftyRoundsAfterWorkersCameApart() {
    StintLength length = new StintLength(() -> true);
    length.took(MILLI, 1);
    length.cameApart();

    for (int round = 0; round < 50; round++) {
      assertThat(length.next(50)).isEqualTo(1);
      length.took(MILLI, 1);
    }

    assertThat(length.next(50)).isGreaterThan(1);
  }
}
