package org.lrsweep.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {

  @Test
  void refusesLearningRatesThatDoNotGrow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Curve.of(new double[] {0.1, 0.1}, new double[2]))
        .withMessage(
            "The learning rates of a curve must be finite, > 0 and strictly increasing, found 0.1"
                + " at point 1 after 0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Curve.of(new double[] {0}, new double[1]))
        .withMessageContaining("found 0.0 at point 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Curve.of(new double[] {Double.NaN}, new double[1]))
        .withMessageContaining("found NaN at point 0");
  }

  @Test
  void refusesLengthsThatDiffer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Curve.of(new double[] {0.1, 0.2}, new double[3]))
        .withMessage(
            "A curve must have as many losses and smoothed losses as learning rates, found 3 and 3"
                + " for 2");
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
