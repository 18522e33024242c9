package org.lrsweep.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CosineRestartsTest {

  /** Lengths 4, 6 and 9 by the factor 1.5; then 13.5, rounded up. */
  @Test
  void cyclesGrowByAFactorRoundedToWholeSteps() {
    CosineRestarts schedule = new CosineRestarts(0.1, 1.1, 4, 1.5);

    assertThat(LongStream.range(0, 34).filter(step -> schedule.height(step) == 1))
        .as("steps at the upper bound")
        .containsExactly(0L, 4L, 10L, 19L, 33L);
    assertThat(schedule.learningRate(7)).as("half-way").isCloseTo(0.6, within(1e-15));
  }

  @Test
  void cyclesThatShrinkAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CosineRestarts(0.1, 1, 4, 0.5))
        .withMessage("growth must be finite and >= 1, found 0.5");
  }
}
