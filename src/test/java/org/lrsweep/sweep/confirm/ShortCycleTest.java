package org.lrsweep.sweep.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortCycleTest {

  /** No part is longer than an epoch, and a cycle is never without a step. */
  @ParameterizedTest
  @CsvSource({
    "1, 100, 1, 100",
    "0.5, 101, 1, 51",
    "2, 100, 2, 100",
    "1.5, 100, 2, 75",
    "2.01, 100, 3, 67",
    "0.001, 100, 1, 1"
  })
  void isOfEqualPartsOfAnEpochAtMost(
      double epochs, int stepsPerEpoch, int parts, int stepsPerPart) {
    assertThat(ShortCycle.of(epochs, stepsPerEpoch)).isEqualTo(new ShortCycle(parts, stepsPerPart));
  }
}
