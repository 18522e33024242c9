package org.lrsweep.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GrowthTest {

  @Test
  void linearGrowthAddsAndExponentialGrowthMultiplies() {
    Schedule linear = Growth.of("linear").schedule(0.1, 0.5, 4);
    Schedule exponential = Growth.of("exponential").schedule(1e-4, 1, 4);

    for (int step = 0; step < 4; step++) {
      assertThat(linear.learningRate(step)).isCloseTo(0.1 + 0.1 * step, within(1e-15));
      assertThat(exponential.learningRate(step)).isCloseTo(Math.pow(10, step - 4), within(1e-15));
    }
  }

  @Test
  void anUnknownGrowthIsRefusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Growth.of("cubic"))
        .withMessage("growth must be one of exponential, linear, found cubic");
  }
}
