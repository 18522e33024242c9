package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The methods of other systems against what those systems answer. */
class OriginalMethodsTest {

  static List<String[]> answers() {
    return Resources.rows("originals.csv");
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("answers")
  void agreesWithTheOriginal(String curve, String method, String lr) {
    Suggestion suggestion = RangeMethods.of(method).suggest(Resources.curve(curve));

    double expected = Double.parseDouble(lr);
    assertThat(suggestion.method()).isEqualTo(method);
    assertThat(suggestion.lr().orElseThrow()).isCloseTo(expected, within(1e-12 * expected));
    assertThat(suggestion.isRange()).isFalse();
  }

  @Test
  void theLongestDescentIsThatOfThePairwiseDefinition() {
    Random random = new Random(3);
    for (int size = 1; size < 60; size++) {
      double[] lr = new double[size];
      double[] loss = new double[size];
      for (int i = 0; i < size; i++) {
        lr[i] = i + 1;
        loss[i] = random.nextInt(12) - 6;
      }

      assertThat(LongestDescent.of(new Curve(lr, loss, loss))).isEqualTo(pairwise(loss));
    }
  }

  @Test
  void aNanThatNothingFiniteFollowsEndsTheCurve() {
    Curve curve = Resources.curve("falling.csv");
    double[] loss = curve.losses();
    double[] smoothed = curve.smoothedLosses();
    Arrays.fill(loss, 30, loss.length, Double.NaN);
    Arrays.fill(smoothed, 30, loss.length, Double.NaN);
    Curve broken = new Curve(curve.lrs(), loss, smoothed);

    assertThat(RangeMethods.of("minimum").suggest(broken).lr().orElseThrow())
        .isCloseTo(curve.lr(29) / 10, within(1e-15));
    assertThat(RangeMethods.of("longest-valley").suggest(broken).lr())
        .isEqualTo(RangeMethods.of("longest-valley").suggest(curve.between(0, 30)).lr());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "descent",
        "valley",
        "longest-valley",
        "steepest",
        "lightning",
        "minimum",
        "slide",
        "smith"
      })
  void everyMethodSkipsMissingLossesAndSaysSo(String name) {
    Curve curve = Resources.curve("bn_mom_64_300.csv");
    double[] accuracy = Arrays.stream(curve.losses()).map(loss -> 1 / (1 + loss)).toArray();
    List<Integer> missing = List.of(0, 30, 150, curve.size() - 3);
    int[] kept = IntStream.range(0, curve.size()).filter(i -> !missing.contains(i)).toArray();
    double[] loss = curve.losses();
    double[] smoothed = curve.smoothedLosses();
    for (int point : missing) {
      loss[point] = Double.NaN;
      smoothed[point] = Double.NaN;
    }
    RangeMethod method = RangeMethods.of(name);

    Suggestion expected =
        method.suggest(
            new Curve(
                at(kept, curve.lrs()), at(kept, loss), at(kept, smoothed), at(kept, accuracy)));

    assertThat(method.suggest(new Curve(curve.lrs(), loss, smoothed, accuracy)))
        .isEqualTo(
            expected.adding(
                "4 of " + curve.size() + " points have no finite loss and were skipped."));
  }

  private static double[] at(int[] points, double[] values) {
    return Arrays.stream(points).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void slopesThatAreNoNumbersGiveNoAnswer() {
    double[] lr = new double[40];
    double[] loss = new double[40];
    for (int i = 0; i < 40; i++) {
      lr[i] = Math.pow(10, i / 10.0 - 10);
      loss[i] = Double.MAX_VALUE * (i % 2 == 0 ? -1 : 1);
    }
    Curve curve = new Curve(lr, loss, loss);

    for (String method : List.of("steepest", "lightning")) {
      assertThat(RangeMethods.of(method).suggest(curve).reason())
          .isEqualTo("The smoothed losses are too large to have slopes.");
    }
  }

  @Test
  void shortCurvesGiveNoAnswerWhereTheOriginalsCrash() {
    Curve curve = Resources.curve("falling.csv");

    assertThat(RangeMethods.of("slide").suggest(curve.between(0, 20)).reason())
        .isEqualTo(
            "Only 13 finite points are left of the curve after trimming; the method needs 16.");
    assertThat(RangeMethods.of("lightning").suggest(curve.between(0, 12)).reason())
        .isEqualTo("Only 1 finite point is left of the curve after trimming; the method needs 2.");
    assertThat(RangeMethods.of("minimum").suggest(curve.between(0, 5)).isNone()).isTrue();
  }

  @Test
  void curvesThatOnlyRiseGiveNoAnswer() {
    double[] lr = new double[40];
    double[] loss = new double[40];
    for (int i = 0; i < 40; i++) {
      lr[i] = Math.pow(10, i / 10.0 - 5);
      loss[i] = 1 + i;
    }
    Curve rising = new Curve(lr, loss, loss);

    for (String method : List.of("valley", "longest-valley", "steepest", "lightning", "minimum")) {
      Suggestion suggestion = RangeMethods.of(method).suggest(rising);
      assertThat(suggestion.isNone()).as(method).isTrue();
      assertThat(suggestion.reason()).as(method).contains("never falls");
    }
  }

  @Test
  void steepestIsOnTheLogarithmicScaleAndLightningsOnTheLinear() {
    // Equal steps of 0.3 over equal decades: the same slope per decade at each of ten points, and
    // the steepest per unit of learning rate at the first of them.
    double[] lr = new double[60];
    double[] loss = new double[60];
    for (int i = 0; i < 60; i++) {
      lr[i] = Math.pow(10, i / 10.0 - 6);
      loss[i] = i < 30 ? 4 : i < 40 ? 4 - (i - 30) * 0.3 : 1;
    }
    Curve curve = new Curve(lr, loss, loss);

    assertThat(RangeMethods.of("steepest").suggest(curve).lr().orElseThrow())
        .isBetween(lr[30], lr[39]);
    assertThat(RangeMethods.of("lightning").suggest(curve).lr().orElseThrow())
        .isBetween(lr[30], lr[32]);
    assertThat(RangeMethods.of("steepest").suggest(curve).reason())
        .startsWith("The smoothed loss falls fastest here, by 3.000 a decade, from ");
  }

  private static LongestDescent pairwise(double[] loss) {
    int[] length = new int[loss.length];
    int end = 0;
    for (int i = 0; i < loss.length; i++) {
      length[i] = 1;
      for (int j = 0; j < i; j++) {
        if (loss[j] > loss[i]) {
          length[i] = Math.max(length[i], length[j] + 1);
        }
      }
      end = length[i] > length[end] ? i : end;
    }
    return new LongestDescent(end, length[end]);
  }
}
