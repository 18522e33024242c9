package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundsPerJobTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void growsEightfoldUpToSixteenSecondsOfTraining() {
    RoundsPerJob length = new RoundsPerJob(new RoundPace(), () -> true);

    assertThat(length.next(640)).isEqualTo(1);
    length.took(100 * MILLI, 1);
    assertThat(length.next(640)).isEqualTo(8);
    length.took(640 * MILLI, 8);
    assertThat(length.next(640)).isEqualTo(64);
    length.took(5120 * MILLI, 64);
    assertThat(length.next(600)).isEqualTo(200);
    assertThat(length.next(3)).isEqualTo(3);
  }

  @Test
  void shrinksWhenRoundsTakeLongerThanThoseBefore() {
    RoundsPerJob length = new RoundsPerJob(new RoundPace(), () -> true);
    length.took(MILLI, 1);
    length.took(8 * MILLI, 8);
    length.took(64 * MILLI, 64);
    assertThat(length.next(1024)).isEqualTo(512);

    length.took(25_600 * MILLI, 512);
    assertThat(length.next(960)).isEqualTo(320);
  }

  /** Which has the same cost of its own as a long one. */
  @Test
  void isNotLessenedByTheShortJobAtAnEpochsEnd() {
    RoundsPerJob length = new RoundsPerJob(new RoundPace(), () -> true);
    length.took(10 * MILLI, 1);
    length.took(80 * MILLI, 8);
    assertThat(length.next(640)).isEqualTo(64);

    length.took(500 * MILLI, 2);
    assertThat(length.next(640)).isEqualTo(64);
  }

  /** Since the short one would cost as much as a long one. */
  @Test
  void isSpreadEvenlyRatherThanWithAShortJobAtTheEnd() {
    RoundsPerJob length = new RoundsPerJob(new RoundPace(), () -> true);
    length.took(10 * MILLI, 1);
    length.took(80 * MILLI, 8);

    assertThat(length.next(95)).isEqualTo(95);
    assertThat(length.next(97)).isEqualTo(49);
    assertThat(length.next(150)).isEqualTo(75);
  }

  @Test
  void doesNotTeachThePaceWhileWorkersTrainApart() {
    RoundPace pace = new RoundPace();
    RoundsPerJob broken = new RoundsPerJob(pace, () -> true);
    broken.took(MILLI, 1);
    broken.barrierBroke();
    broken.took(9000 * MILLI, 1);

    assertThat(new RoundsPerJob(pace, () -> true).next(640)).isEqualTo(8);
  }

  @Test
  void isKnownToARunThatSharesAPace() {
    RoundPace pace = new RoundPace();
    new RoundsPerJob(pace, () -> true).took(100 * MILLI, 1);

    assertThat(new RoundsPerJob(pace, () -> true).next(640)).isEqualTo(8);
  }

  @Test
  void isOneWhereARoundTakesLongerThanThat() {
    RoundsPerJob length = new RoundsPerJob(new RoundPace(), () -> true);
    length.took(17_000 * MILLI, 1);

    assertThat(length.next(50)).isEqualTo(1);
  }

  @Test
  void isOneWhereWorkersCannotTrainTogether() {
    RoundsPerJob length = new RoundsPerJob(new RoundPace(), () -> false);
    length.took(MILLI, 1);

    assertThat(length.next(50)).isEqualTo(1);
  }

  @Test
  void isOneForFiftyRoundsAfterWorkersCameApart() {
    RoundsPerJob length = new RoundsPerJob(new RoundPace(), () -> true);
    length.took(MILLI, 1);
    length.barrierBroke();

    for (int round = 0; round < 50; round++) {
      assertThat(length.next(50)).isEqualTo(1);
      length.took(MILLI, 1);
    }

    assertThat(length.next(50)).isGreaterThan(1);
  }
}
