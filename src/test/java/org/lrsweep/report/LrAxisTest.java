package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lrsweep.results.FinderStepRow;

class LrAxisTest {
  private static List<FinderStepRow> steps(int count, IntToDoubleFunction lr) {
    return IntStream.range(0, count)
        .mapToObj(i -> new FinderStepRow("r-1", i, lr.applyAsDouble(i), 1, 1, 1, 1, 64, 0, null))
        .toList();
  }

  @Test
  void theAxisIsTheOneOnWhichTheStepsAreEvenlySpaced() {
    LrAxis linear = LrAxis.of(steps(100, i -> 1e-4 + i * 1e-3));
    LrAxis logarithmic = LrAxis.of(steps(100, i -> 1e-4 * Math.pow(1.1, i)));

    assertThat(linear.isLinear()).isTrue();
    assertThat(linear.at(0.25)).isEqualTo(0.25);
    assertThat(logarithmic.isLinear()).isFalse();
    assertThat(logarithmic.at(0.001)).isEqualTo(-3);
  }

  @Test
  void aHandfulOfStepsIsShownOnTheTutorialsAxis() {
    assertThat(LrAxis.of(steps(2, i -> 1 + i)).isLinear()).isFalse();
  }
}
