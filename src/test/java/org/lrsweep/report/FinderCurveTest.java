package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lrsweep.results.FinderStepRow;

class FinderCurveTest {
  @Test
  void leavesOutTheFirstTenStepsAndTheLast() {
    FinderCurve curve = FinderCurve.of(steps(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1.5, 9));

    assertThat(curve.shown()).extracting(FinderStepRow::step).containsExactly(10L, 11L, 12L);
    assertThat(curve.lowestLr()).isEqualTo(1e-10 * Math.pow(10, 10), within(1e-12));
    assertThat(curve.highestLr()).isEqualTo(1e-10 * Math.pow(10, 12), within(1e-9));
    assertThat(curve.extent()).endsWith("ended after 14 steps");
  }

  @Test
  void theLossAxisEndsBelowTheExplosion() {
    double[] losses = new double[30];
    Arrays.fill(losses, 2);
    losses[20] = 1;
    losses[27] = 50;
    losses[28] = 400;

    FinderCurve curve = FinderCurve.of(steps(losses));

    assertThat(curve.lowestLoss()).isEqualTo(0.9);
    assertThat(curve.highestLoss()).isEqualTo(2.4);
    assertThat(curve.smoothedLossAt(1e-10 * Math.pow(10, 20))).isEqualTo(1);
    assertThat(curve.smoothedLossAt(1e-10 * Math.pow(10, 28))).isEqualTo(2.4);
  }

  @Test
  void theLossAxisHoldsWhatTheSmoothedLossLagsBehind() {
    List<FinderStepRow> steps =
        new ArrayList<>(steps(new double[] {3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 3, 3}));
    FinderStepRow lagging = steps.get(12);
    steps.set(
        12,
        new FinderStepRow("r1", 12, lagging.lr(), lagging.lrMultiplier(), 0.5, 3, 2, 64, 0, null));

    assertThat(FinderCurve.of(steps).lowestLoss()).isEqualTo(0.4);
  }

  @Test
  void hasNothingToShowOfAHandfulOfStepsOrOfNaNs() {
    double[] nans = new double[20];
    Arrays.fill(nans, Double.NaN);

    assertThat(FinderCurve.of(List.of()).shown()).isEmpty();
    assertThat(FinderCurve.of(steps(new double[12])).shown()).isEmpty();
    assertThat(FinderCurve.of(steps(new double[13])).shown()).hasSize(2);
    assertThat(FinderCurve.of(steps(nans)).shown()).isEmpty();
    assertThat(FinderCurve.of(steps(nans)).extent()).isEqualTo("too few steps to show");
  }

  @Test
  void theMeanAccuracyIsThatOfAFortiethOfTheStepsOnEitherSide() {
    // 80 steps are shown, so two on either side.
    List<FinderStepRow> steps = new ArrayList<>();
    for (FinderStepRow step : steps(new double[91])) {
      double accuracy = step.step() == 12 ? 0.5 : 0;
      steps.add(
          new FinderStepRow(
              "r1", step.step(), step.lr(), step.lrMultiplier(), 1, 1, 1, 64, 0, accuracy));
    }

    FinderCurve curve = FinderCurve.of(steps);

    assertThat(curve.hasAccuracy()).isTrue();
    assertThat(curve.accuracies()).hasSize(80).startsWith(0, 0, 0.5, 0);
    assertThat(curve.meanAccuracies())
        .hasSize(80)
        .startsWith(0.5 / 3, 0.5 / 4, 0.5 / 5, 0.5 / 5, 0.5 / 5, 0);
  }

  @Test
  void hasNoAccuracyIfAStepsWasNotMeasured() {
    assertThat(FinderCurve.of(steps(new double[20])).hasAccuracy()).isFalse();
    assertThat(FinderCurve.of(List.of()).hasAccuracy()).isFalse();
  }

  private static List<FinderStepRow> steps(double... smoothed) {
    return IntStream.range(0, smoothed.length)
        .mapToObj(
            i ->
                new FinderStepRow(
                    "r1",
                    i,
                    1e-10 * Math.pow(10, i),
                    Math.pow(10, i),
                    smoothed[i],
                    smoothed[i],
                    smoothed[i],
                    64,
                    0,
                    null))
        .toList();
  }
}
