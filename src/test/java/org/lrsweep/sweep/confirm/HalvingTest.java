package org.lrsweep.sweep.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvingTest {

  /** By hand: 5 + 2, 8 + 4 + 2, and so on, until one is left. */
  @ParameterizedTest
  @CsvSource({"2, 1, 2", "3, 1, 3", "4, 2, 6", "5, 2, 7", "7, 2, 10", "8, 3, 14", "9, 3, 15"})
  void trainsHalfAsManyInEachCycle(int candidates, int cycles, int trained) {
    Halving halving = new Halving(candidates);

    assertThat(halving.cycles()).isEqualTo(cycles);
    assertThat(halving.trainedCycles()).isEqualTo(trained);
    assertThat(halving.trained(1)).isEqualTo(candidates);
    assertThat(halving.trained(cycles + 1)).isEqualTo(1);
  }

  @Test
  void oneCandidateIsNoChoice() {
    assertThatThrownBy(() -> new Halving(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("candidates must be >= 2, found 1");
  }
}
