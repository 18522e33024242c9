package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {

  @Test
  void refusesLearningRatesThatDoNotGrow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curve(new double[] {0.1, 0.1}, new double[2], new double[2]))
        .withMessage(
            "The learning rates of a curve must be finite, > 0 and strictly increasing, found 0.1"
                + " at point 1 after 0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curve(new double[] {0}, new double[1], new double[1]))
        .withMessageContaining("found 0.0 at point 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curve(new double[] {Double.NaN}, new double[1], new double[1]))
        .withMessageContaining("found NaN at point 0");
    for (double lr : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Curve.of(new double[] {0.1, lr}, new double[2]))
          .withMessage(
              "The learning rates of a curve must be finite and >= 0, found " + lr + " at point 1");
    }
  }

  @Test
  void refusesLengthsThatDiffer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curve(new double[] {0.1, 0.2}, new double[3], new double[3]))
        .withMessage(
            "A curve must have as many losses and smoothed losses as learning rates, found 3 and 3"
                + " for 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Curve.of(new double[] {0.1, 0.2}, new double[3]))
        .withMessage("A curve must have a loss for each of its 2 learning rates, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Curve.of(new double[] {0.1, 0.2}, new double[2], new double[1]))
        .withMessage(
            "A curve must have an accuracy, or none, for each of its 2 learning rates, found 1");
  }

  @Test
  void sortsPointsThatAreInNoOrder() {
    Curve curve =
        Curve.of(
            new double[] {0.3, 0.1, 0.2},
            new double[] {3, 1, 2},
            new double[] {6, 4, 5},
            new double[] {9, 7, 8});

    assertThat(curve.lrs()).containsExactly(0.1, 0.2, 0.3);
    assertThat(curve.losses()).containsExactly(1, 2, 3);
    assertThat(curve.smoothedLosses()).containsExactly(4, 5, 6);
    assertThat(curve.accuracies()).containsExactly(7, 8, 9);
    assertThat(curve.remarks())
        .containsExactly(
            "The points were not in the order of their learning rates and have been sorted.");
  }

  @Test
  void takesTheMedianOfPointsWithTheSameLearningRate() {
    Curve curve = Curve.of(new double[] {0.1, 0.1, 0.1, 0.2}, new double[] {Double.NaN, 3, 1, 5});

    assertThat(curve.lrs()).containsExactly(0.1, 0.2);
    assertThat(curve.losses()).containsExactly(2, 5);
    assertThat(curve.remarks())
        .containsExactly(
            "1 of 2 learning rates occurs more than once; of the losses at each the median was"
                + " taken, which makes 2 points of 4.");
  }

  @Test
  void leavesOutPointsAtLearningRateZero() {
    Curve curve = Curve.of(new double[] {0, 0.1}, new double[] {3, 1});

    assertThat(curve.losses()).containsExactly(1);
    assertThat(curve.smoothedLoss(0)).isEqualTo(1);
    assertThat(curve.remarks()).containsExactly("1 point at learning rate 0 was left out.");
  }

  @Test
  void aMissingLossLeavesTheAverageAsItWas() {
    Curve curve = Curve.of(new double[] {1, 2, 3}, new double[] {2, Double.NaN, 1});

    // As StopRuleTest computes by hand.
    assertThat(curve.smoothedLoss(2)).isCloseTo(0.0592 / 0.0396, within(1e-12));
    assertThat(curve.smoothedLoss(1)).isNaN();
    assertThat(curve.remarks()).isEmpty();
  }

  @Test
  void tellsMissingLossesFromAnExplosion() {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;

    assertThat(measured(nan, 1, infinite, 2).losses()).containsExactly(1, 2);
    assertThat(measured(1, 2, nan).losses()).containsExactly(1, 2);
    assertThat(measured(1, 2, nan, nan).losses()).containsExactly(1, 2, nan, nan);
    assertThat(measured(1, nan, 2, infinite).losses()).containsExactly(1, 2, infinite);
    assertThat(measured(nan, nan).losses()).containsExactly(nan, nan);
    assertThat(measured(nan, 1, nan, 2).remarks())
        .containsExactly("2 of 4 points have no finite loss and were skipped.");
    assertThat(measured(1, 2, nan).remarks())
        .containsExactly(
            "1 of 3 points has no finite loss and was skipped, also the last one, since a single"
                + " NaN may be a missing value.");
  }

  @Test
  void smoothsAnewWhatAMissingLossHasSpoilt() {
    double nan = Double.NaN;
    Curve spoilt =
        new Curve(
            new double[] {1, 2, 3, 4},
            new double[] {2, nan, 1, 4},
            new double[] {2, nan, nan, nan});

    Curve measured = MissingLosses.removed(spoilt);

    assertThat(measured.smoothedLosses())
        .isEqualTo(Curve.of(new double[] {1, 3, 4}, new double[] {2, 1, 4}).smoothedLosses());
    assertThat(measured.remarks())
        .containsExactly(
            "1 of 4 points has no finite loss and was skipped.",
            "Some smoothed losses are not finite where the losses are, so all were smoothed anew.");
  }

  private static Curve measured(double... losses) {
    return MissingLosses.removed(
        Curve.of(IntStream.range(1, losses.length + 1).asDoubleStream().toArray(), losses));
  }

  @Test
  void cannotBeChangedThroughItsArrays() {
    double[] lr = {0.1, 0.2};
    Curve curve = new Curve(lr, new double[] {1, 2}, new double[] {3, 4});
    lr[0] = 9;
    curve.losses()[0] = 9;

    assertThat(curve.lr(0)).isEqualTo(0.1);
    assertThat(curve.loss(0)).isEqualTo(1);
    assertThat(curve)
        .isEqualTo(new Curve(new double[] {0.1, 0.2}, new double[] {1, 2}, new double[] {3, 4}));
  }

  @Test
  void smoothsAsTheRangeTestDoes() {
    Curve recorded = new SyntheticCurve(SyntheticCurve.TUTORIAL).points(100).curve();

    Curve smoothed = Curve.of(recorded.lrs(), recorded.losses());

    for (int i = 0; i < recorded.size(); i++) {
      assertThat(smoothed.smoothedLoss(i)).isCloseTo(recorded.smoothedLoss(i), within(1e-12));
    }
  }

  @Test
  void theCombinationOfRepeatsIsTheirMedianAndQuartiles() {
    double[] lr = {1, 2};
    List<Curve> curves =
        List.of(
            Curve.of(lr, new double[] {1, 10}),
            Curve.of(lr, new double[] {5, 30}),
            Curve.of(lr, new double[] {2, Double.NaN}));

    CombinedCurve combined = CurveCombiner.combine(curves);

    assertThat(combined.median().losses()).containsExactly(2, 30);
    assertThat(combined.lowerQuartile().losses()).containsExactly(1.5, 20);
    assertThat(combined.upperQuartile().loss(0)).isEqualTo(3.5);
    assertThat(combined.upperQuartile().loss(1)).isNaN();
  }

  @Test
  void theCombinationEndsWhereHalfOfTheRepeatsHaveStopped() {
    double[] lr = {1, 2, 3, 4};
    Curve whole = Curve.of(lr, new double[] {1, 1, 1, 1});

    Curve median =
        CurveCombiner.combine(List.of(whole, whole.between(0, 3), whole.between(0, 2))).median();

    assertThat(median.size()).isEqualTo(3);
    assertThat(median.losses()).containsExactly(1, 1, 1);
  }

  @Test
  void onlyCurvesWithTheSameLearningRatesCombine() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CurveCombiner.combine(
                    List.of(
                        Curve.of(new double[] {1, 2}, new double[2]),
                        Curve.of(new double[] {1, 3}, new double[2]))))
        .withMessageContaining("found 3.0 and 2.0 at point 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CurveCombiner.combine(List.of()))
        .withMessage("At least one curve is needed, found none");
  }
}
