package org.lrsweep.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lrsweep.schedule.OneCycleSchedule.FinalAnnealing;

class OneCycleScheduleTest {

  @Test
  void climbsFallsAndStaysAtTheFinalRate() {
    OneCycleSchedule schedule = linear(FinalAnnealing.WITHIN_DESCENT);

    assertThat(schedule.learningRate(0)).isEqualTo(0.1);
    assertThat(schedule.learningRate(3)).isCloseTo(1.0, within(1e-15));
    assertThat(schedule.learningRate(10)).isCloseTo(0.01, within(1e-15));
    assertThat(schedule.learningRate(100)).isEqualTo(schedule.learningRate(10));
  }

  @Test
  void theFinalAnnealingMayWaitUntilTheDescentIsOver() {
    OneCycleSchedule schedule = linear(FinalAnnealing.AFTER_DESCENT);

    assertThat(schedule.learningRate(3)).isCloseTo(1.0, within(1e-15));
    assertThat(schedule.learningRate(6)).isCloseTo(0.1, within(1e-15));
    assertThat(schedule.learningRate(8)).isCloseTo(0.055, within(1e-15));
    assertThat(schedule.learningRate(10)).isCloseTo(0.01, within(1e-15));
  }

  @Test
  void refusesFractionsThatLeaveAWayOut() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> oneCycle(0.1, 0.05, FinalAnnealing.WITHIN_DESCENT))
        .withMessageContaining("found upFraction 0.05 and steps 11");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> oneCycle(0.1, 0.6, FinalAnnealing.AFTER_DESCENT))
        .withMessageContaining("leave room for the way down");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> oneCycle(2, 0.3, FinalAnnealing.AFTER_DESCENT))
        .withMessage("maxLr must be finite and >= initialLr (2.0), found 1.0");
  }

  @Test
  void momentumOutsideItsRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CycledMomentum(linear(FinalAnnealing.AFTER_DESCENT), 0.95, 0.85))
        .withMessage("baseMomentum must be >= 0 and <= maxMomentum (0.85), found 0.95");
  }

  private static OneCycleSchedule linear(FinalAnnealing finalAnnealing) {
    return oneCycle(0.1, 4 / 11.0, finalAnnealing);
  }

  private static OneCycleSchedule oneCycle(
      double initialLr, double upFraction, FinalAnnealing finalAnnealing) {
    return new OneCycleSchedule(
        initialLr, 1, 0.01, 11, upFraction, Annealing.LINEAR, finalAnnealing);
  }
}
