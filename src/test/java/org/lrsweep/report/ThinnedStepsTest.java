package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lrsweep.results.TrainStepRow;

class ThinnedStepsTest {
  @Test
  void aPointIsTheMeanOfItsSteps() {
    ThinnedSteps thinned = ThinnedSteps.of(steps(1, 3, 5, 6, 10), 3);

    assertThat(thinned.stride()).isEqualTo(2);
    assertThat(thinned.points())
        .containsExactly(
            new ThinnedSteps.Point(0, 0.1, 2),
            new ThinnedSteps.Point(2, 0.3, 5.5),
            new ThinnedSteps.Point(4, 0.5, 10));
  }

  @Test
  void lossesThatAreNotFiniteDoNotSpoilTheMean() {
    ThinnedSteps thinned =
        ThinnedSteps.of(
            steps(1, Double.NaN, Double.POSITIVE_INFINITY, 2, Double.NaN, Double.NaN), 3);

    assertThat(thinned.points())
        .extracting(ThinnedSteps.Point::loss)
        .containsExactly(1.0, 2.0, Double.NaN);
  }

  @Test
  void fewStepsStayAsTheyAre() {
    assertThat(ThinnedSteps.of(steps(1, 2, 3), 3).points()).hasSize(3);
    assertThat(ThinnedSteps.of(steps(1, 2, 3), 3).stride()).isEqualTo(1);
    assertThat(ThinnedSteps.of(List.of(), 3).points()).isEmpty();
  }

  private static List<TrainStepRow> steps(double... losses) {
    List<TrainStepRow> steps = new ArrayList<>();

    for (int step = 0; step < losses.length; step++) {
      steps.add(new TrainStepRow("r1", "t1", step, 1, (step + 1) / 10.0, losses[step]));
    }

    return steps;
  }
}
