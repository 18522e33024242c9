package org.lrsweep.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SweepsTest {

  @Test
  void theTutorialsFactorIsTheNthRootOfTheRange() {
    ExponentialSweep sweep = new ExponentialSweep(1e-10, 1e+1, 2814);

    // 10^(11 / 2814)
    assertThat(sweep.multiplier()).isCloseTo(1.00904149528, within(1e-11));
  }

  @Test
  void isTheProductOfTheFactorsUpToEachStep() {
    ExponentialSweep sweep = new ExponentialSweep(1e-10, 1e+1, 2814);

    double lr = 1e-10;
    for (int step = 0; step < 2814; step++) {
      assertThat(sweep.learningRate(step)).isCloseTo(lr, within(1e-12 * lr));
      lr *= sweep.multiplier();
    }
    assertThat(sweep.learningRate(2814)).isCloseTo(10, within(1e-12));
  }

  @Test
  void decadesComeAtEqualDistances() {
    ExponentialSweep sweep = new ExponentialSweep(1e-4, 1, 4);

    assertThat(sweep.multiplier()).isCloseTo(10, within(1e-13));
    assertThat(sweep.learningRate(0)).isEqualTo(1e-4);
    assertThat(sweep.learningRate(1)).isCloseTo(1e-3, Percentage.withPercentage(1e-10));
    assertThat(sweep.learningRate(3)).isCloseTo(0.1, Percentage.withPercentage(1e-10));
  }

  @Test
  void theLinearSweepAddsTheSameAtEveryStep() {
    LinearSweep sweep = new LinearSweep(0.5, 1.5, 4);

    assertThat(sweep.learningRate(0)).isEqualTo(0.5);
    assertThat(sweep.learningRate(1)).isEqualTo(0.75);
    assertThat(sweep.learningRate(4)).isEqualTo(1.5);
  }

  @Test
  void refusesRangesThatDoNotGrow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExponentialSweep(1e-10, 0, 10))
        .withMessage("endLr must be finite and > startLr (1.0E-10), found 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExponentialSweep(0, 1, 10))
        .withMessage("startLr must be finite and > 0, found 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearSweep(1, 1, 10))
        .withMessage("endLr must be finite and > startLr (1.0), found 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearSweep(1, 2, 0))
        .withMessage("steps must be >= 1, found 0");
  }
}
