package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every method on every curve. */
class RangeMethodsTest {

  @Property(tries = 300)
  void answersAnyCurveWithAReason(@ForAll("anyLosses") double[] losses) {
    double[] lr = new double[losses.length];
    for (int i = 0; i < lr.length; i++) {
      lr[i] = Math.pow(10, i / 8.0 - 10);
    }

    for (Suggestion suggestion : RangeMethods.suggestAll(Curve.of(lr, losses))) {
      assertThat(suggestion.reason()).isNotBlank();
      assertThat(suggestion.isNone())
          .isEqualTo(suggestion.lr().isEmpty() && suggestion.minLr().isEmpty());
      if (suggestion.isRange()) {
        assertThat(suggestion.minLr().orElseThrow())
            .isLessThan(suggestion.maxLr().orElseThrow())
            .isPositive();
      }
    }
  }

  @Property(tries = 30)
  void scalingTheLossesChangesNoAnswer(
      @ForAll @IntRange(min = 90, max = 900) int points,
      @ForAll @DoubleRange(min = 0.01, max = 100) double factor,
      @ForAll long seed) {
    Curve curve = tutorial(points, seed);
    Curve scaled =
        new Curve(
            curve.lrs(), times(curve.losses(), factor), times(curve.smoothedLosses(), factor));

    for (RangeMethod method : RangeMethods.all()) {
      // Slide's threshold is an absolute slope: its answer does depend on the scale.
      if (!method.name().equals("slide")) {
        assertSame(method.suggest(curve), method.suggest(scaled), 1);
      }
    }
  }

  @Property(tries = 30)
  void scalingTheLearningRatesScalesEveryAnswer(
      @ForAll @IntRange(min = 90, max = 900) int points,
      @ForAll @DoubleRange(min = 0.01, max = 100) double factor,
      @ForAll long seed) {
    Curve curve = tutorial(points, seed);
    Curve scaled = new Curve(times(curve.lrs(), factor), curve.losses(), curve.smoothedLosses());

    for (RangeMethod method : RangeMethods.all()) {
      assertSame(method.suggest(curve), method.suggest(scaled), factor);
    }
  }

  @Property(tries = 20)
  void theSameCurveGetsTheSameAnswer(@ForAll long seed) {
    assertThat(RangeMethods.suggestAll(tutorial(300, seed)))
        .isEqualTo(RangeMethods.suggestAll(tutorial(300, seed)));
  }

  @Example
  void namesFindTheirMethods() {
    assertThat(RangeMethods.all())
        .extracting(RangeMethod::name)
        .containsExactly(
            "descent",
            "valley",
            "longest-valley",
            "steepest",
            "lightning",
            "minimum",
            "slide",
            "smith");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RangeMethods.of("guess"))
        .withMessage(
            "A range method must be one of descent, valley, longest-valley, steepest, lightning,"
                + " minimum, slide, smith, found guess");
  }

  @Provide
  Arbitrary<double[]> anyLosses() {
    Arbitrary<Double> loss =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.doubles().between(0, 3)),
            Tuple.of(3, Arbitraries.doubles()),
            Tuple.of(
                1,
                Arbitraries.of(
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    Double.MAX_VALUE,
                    0.0)));
    return loss.array(double[].class).ofMinSize(0).ofMaxSize(150);
  }

  private static Curve tutorial(int points, long seed) {
    return new SyntheticCurve(SyntheticCurve.TUTORIAL).points(points).seed(seed).curve();
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  private static void assertSame(Suggestion expected, Suggestion actual, double factor) {
    assertSame(expected.lr(), actual.lr(), factor, expected.method());
    assertSame(expected.minLr(), actual.minLr(), factor, expected.method());
    assertSame(expected.maxLr(), actual.maxLr(), factor, expected.method());
  }

  private static void assertSame(
      OptionalDouble expected, OptionalDouble actual, double factor, String method) {
    assertThat(actual.isPresent()).as(method).isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      double lr = expected.getAsDouble() * factor;
      assertThat(actual.getAsDouble()).as(method).isCloseTo(lr, within(1e-9 * lr));
    }
  }
}
