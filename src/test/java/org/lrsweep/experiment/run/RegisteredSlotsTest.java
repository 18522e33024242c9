package org.lrsweep.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.LongToIntFunction;
import org.junit.jupiter.api.Test;

class RegisteredSlotsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int UNKNOWN = 0;

  /** Lets no real time pass. */
  private static final class FakeTime implements RegisteredSlots.Time {
    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void pause(Duration duration) {
      nanos += duration.toNanos();
    }

    double seconds() {
      return nanos / 1e9;
    }
  }

  private final FakeTime time = new FakeTime();

  /**
   * @param registered the slots that are there after so many milliseconds
   */
  private RegisteredSlots slots(LongToIntFunction registered, int promised, Duration patience) {
    return new RegisteredSlots(
        () -> registered.applyAsInt(time.nanos() / 1_000_000), promised, patience, time);
  }

  @Test
  void waitsUntilThereAreAsManyAsAreWanted() {
    RegisteredSlots slots =
        slots(millis -> millis < 2000 ? 0 : millis < 4000 ? 2 : 4, UNKNOWN, PATIENCE);

    assertThat(slots.count(2)).isEqualTo(2);
    assertThat(time.seconds()).isEqualTo(2);
    assertThat(slots.count(4)).isEqualTo(4);
    assertThat(time.seconds()).isEqualTo(4);
  }

  @Test
  void waitsThreeSecondsForMoreThanHaveCome() {
    RegisteredSlots slots = slots(millis -> millis < 2000 ? 0 : 2, UNKNOWN, PATIENCE);

    assertThat(slots.count(8)).isEqualTo(2);
    assertThat(time.seconds()).isEqualTo(5);
    assertThat(slots.count(8)).isEqualTo(2);
    assertThat(time.seconds()).as("once is enough").isEqualTo(5);
  }

  @Test
  void waitsForAllThatIsPromisedAndForNoMore() {
    RegisteredSlots slots = slots(millis -> millis < 9000 ? 1 : 4, 4, PATIENCE);

    assertThat(slots.count(100)).isEqualTo(4);
    assertThat(time.seconds()).isEqualTo(9);
  }

  @Test
  void patienceEnds() {
    assertThat(slots(millis -> 0, UNKNOWN, PATIENCE).count(8)).isEqualTo(1);
    assertThat(time.seconds()).isEqualTo(30);
    assertThat(slots(millis -> 1, 4, PATIENCE).count(8)).isEqualTo(1);
    assertThat(time.seconds()).isEqualTo(60);
  }

  @Test
  void seesExecutorsThatComeLater() {
    RegisteredSlots slots = slots(millis -> millis < 10_000 ? 1 : 6, UNKNOWN, PATIENCE);

    assertThat(slots.count(8)).isEqualTo(1);
    time.pause(Duration.ofSeconds(20));
    assertThat(slots.count(6)).isEqualTo(6);
  }

  @Test
  void thoseOfNowAreCountedWithoutWaiting() {
    RegisteredSlots slots =
        slots(millis -> millis < 5000 ? 2 : millis < 30_000 ? 64 : 0, UNKNOWN, PATIENCE);

    assertThat(slots.count(200)).isEqualTo(2);
    assertThat(time.seconds()).isEqualTo(3);
    time.pause(Duration.ofSeconds(3));
    assertThat(slots.present()).as("come late").isEqualTo(64);
    time.pause(Duration.ofSeconds(25));
    assertThat(slots.present()).as("taken away").isZero();
    assertThat(time.seconds()).isEqualTo(31);
  }

  @Test
  void localModeHasAllAtOnce() {
    assertThat(slots(millis -> 2, UNKNOWN, Duration.ZERO).count(8)).isEqualTo(2);
    assertThat(time.seconds()).isZero();
  }
}
