package org.lrsweep.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CyclicalScheduleTest {

  private static final double BASE = 1e-5;
  private static final double MAX = 1e-2;
  private static final long STEP_SIZE = 7496;

  @Test
  void triangularStartsAndEndsEachCycleAtTheBaseAndPeaksInItsMiddle() {
    CyclicalSchedule schedule =
        new CyclicalSchedule(CyclicPolicy.TRIANGULAR, BASE, MAX, STEP_SIZE, 1.0);

    for (int cycle = 0; cycle < 3; cycle++) {
      long start = 2 * STEP_SIZE * cycle;
      assertThat(schedule.learningRate(start)).isEqualTo(BASE);
      assertThat(schedule.learningRate(start + STEP_SIZE)).isEqualTo(MAX);
      assertThat(schedule.learningRate(start + STEP_SIZE / 2))
          .isCloseTo((BASE + MAX) / 2, within(1e-17));
      assertThat(schedule.learningRate(start + STEP_SIZE + STEP_SIZE / 2))
          .isCloseTo((BASE + MAX) / 2, within(1e-17));
    }
  }

  @Test
  void triangular2HalvesTheAmplitudeWithEachCycle() {
    CyclicalSchedule schedule = new CyclicalSchedule(CyclicPolicy.TRIANGULAR2, 0.1, 0.9, 10, 1.0);

    assertThat(schedule.learningRate(10)).isCloseTo(0.9, within(1e-15));
    assertThat(schedule.learningRate(30)).isCloseTo(0.5, within(1e-15));
    assertThat(schedule.learningRate(50)).isCloseTo(0.3, within(1e-15));
    assertThat(schedule.learningRate(40)).isEqualTo(0.1);
  }

  @Test
  void expRangeShrinksTheAmplitudeWithEachStepAndKeepsTheBase() {
    CyclicalSchedule schedule = new CyclicalSchedule(CyclicPolicy.EXP_RANGE, 0.1, 0.9, 2, 0.5);

    assertThat(schedule.learningRate(0)).isEqualTo(0.1);
    assertThat(schedule.learningRate(1)).isCloseTo(0.1 + 0.8 * 0.5 * 0.5, within(1e-15));
    assertThat(schedule.learningRate(2)).isCloseTo(0.1 + 0.8 * 0.25, within(1e-15));
    assertThat(schedule.learningRate(3)).isCloseTo(0.1 + 0.8 * 0.5 * 0.125, within(1e-15));
    assertThat(schedule.learningRate(4)).isEqualTo(0.1);
  }

  @Test
  void staysExactAfterManyCycles() {
    CyclicalSchedule schedule =
        new CyclicalSchedule(CyclicPolicy.TRIANGULAR, BASE, MAX, STEP_SIZE, 1.0);

    long million = 2 * STEP_SIZE * 1_000_000;
    assertThat(schedule.learningRate(million + 123)).isEqualTo(schedule.learningRate(123));
  }

  @Test
  void refusesBoundsAndSizesThatMakeNoCycle() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CyclicalSchedule(CyclicPolicy.TRIANGULAR, 0.1, 0.01, 5, 1.0))
        .withMessage("maxLr must be finite and >= baseLr (0.1), found 0.01");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CyclicalSchedule(CyclicPolicy.TRIANGULAR, -0.1, 0.01, 5, 1.0))
        .withMessage("baseLr must be finite and >= 0, found -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CyclicalSchedule(CyclicPolicy.TRIANGULAR, 0.1, 1, 0, 1.0))
        .withMessage("stepSizeSteps must be >= 1, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CyclicalSchedule(CyclicPolicy.EXP_RANGE, 0.1, 1, 5, 1.5))
        .withMessage("gamma must be > 0 and <= 1, found 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CyclicalSchedule(null, 0.1, 1, 5, 1.0))
        .withMessage("policy must be given, found null");
  }

  @Test
  void policiesAreKnownByTheirLabels() {
    for (CyclicPolicy policy : CyclicPolicy.values()) {
      assertThat(CyclicPolicy.of(policy.label())).isEqualTo(policy);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CyclicPolicy.of("sine"))
        .withMessage("policy must be one of triangular, triangular2, exp_range, found sine");
  }

  @Test
  void thePapersExpRangeShrinksBothBounds() {
    Schedule schedule =
        new DecayedSchedule(new CyclicalSchedule(CyclicPolicy.TRIANGULAR, 0.1, 0.9, 2, 1.0), 0.5);

    assertThat(schedule.learningRate(2)).isCloseTo(0.9 * 0.25, within(1e-15));
    assertThat(schedule.learningRate(4)).isCloseTo(0.1 * 0.0625, within(1e-15));
  }

  @Test
  void stepSizesInEpochsAreMultiplesOfTheWholeBatchesOfAnEpoch() {
    assertThat(StepSizes.ofEpochs(8, 60_000, 64)).isEqualTo(7496);
    assertThat(StepSizes.ofEpochs(0.5, 60_000, 64)).isEqualTo(469);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StepSizes.ofEpochs(2, 10, 64))
        .withMessage("examples must be >= 64, found 10");
  }

  @Test
  void ownScalesAreFoundByTheirClassName() {
    Cyclical schedule = new CustomCycle(0, 1, 2, 2, new NamedScale(OneOverCycle.class.getName()));

    assertThat(schedule.learningRate(2)).isEqualTo(1.0);
    assertThat(schedule.learningRate(6)).isEqualTo(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamedScale("java.lang.String"))
        .withMessageContaining("implements org.lrsweep.schedule.AmplitudeScale")
        .withMessageEndingWith("found java.lang.String");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamedScale("no.such.Scale"))
        .withMessageEndingWith("found no.such.Scale");
  }

  /** A user's own scale. */
  public static final class OneOverCycle implements AmplitudeScale {

    private static final long serialVersionUID = 1L;

    @Override
    public double at(long cycle, long step) {
      return 1.0 / cycle;
    }
  }
}
