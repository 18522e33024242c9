package org.lrsweep.range;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescentTest {

  private static final int SEEDS = 20;

  private final RangeMethod descent = RangeMethods.of("descent");

  @Test
  void readsTheTutorialsCurveAsItsAuthorDid() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Curve curve = new SyntheticCurve(SyntheticCurve.TUTORIAL).seed(seed).curve();

      Suggestion suggestion = descent.suggest(curve);

      assertWithin(3, 1e-5, 1e-2, suggestion);
    }
  }

  @ParameterizedTest
  @CsvSource({"90, 0.03", "300, 0.03", "300, 0.1", "1000, 0.1", "3000, 0.2"})
  void standsShortSweepsAndNoise(int points, double noise) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Curve curve =
          new SyntheticCurve(SyntheticCurve.TUTORIAL)
              .points(points)
              .noise(noise)
              .seed(seed)
              .curve();

      assertWithin(5, 1e-5, 1e-2, descent.suggest(curve));
    }
  }

  @Test
  void doesNotDependOnWhereTheSweepStartsAndEnds() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Curve curve =
          new SyntheticCurve(SyntheticCurve.TUTORIAL)
              .decades(-7, 0)
              .points(1_000)
              .seed(seed)
              .curve();

      assertWithin(3, 1e-5, 1e-2, descent.suggest(curve));
    }
  }

  @Test
  void spikesChangeNothingMuch() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Curve calm = new SyntheticCurve(SyntheticCurve.TUTORIAL).seed(seed).curve();
      double[] loss = calm.losses();
      // Early ones in both directions, in the fall, and in the valley.
      for (int point : new int[] {0, 3, 40, 41, 500, 1_700, 2_100}) {
        loss[point] *= point % 2 == 0 ? 20 : 0.01;
      }

      Suggestion suggestion = descent.suggest(new Curve(calm.lrs(), loss, calm.smoothedLosses()));

      Suggestion expected = descent.suggest(calm);
      assertWithin(1.5, expected.minLr().orElseThrow(), expected.maxLr().orElseThrow(), suggestion);
    }
  }

  /**
   * Range tests of real networks. The bounds of the upper one are where PyTorch's networks reached,
   * under one triangular cycle of three epochs up to it, an accuracy within about one point of the
   * best of a grid: 0.03 and 0.1 with momentum (0.3 loses four points), 0.003 to 0.03 with Adam.
   * The grid's steps are threefold, so a tenth beyond its last good value is as good.
   */
  @ParameterizedTest
  @CsvSource({
    "bn_mom_64_300.csv, 1e-5, 3e-4, 0.02, 0.15",
    "bn_mom_64_100.csv, 1e-5, 1e-3, 0.02, 0.15",
    "bn_adam_64_300.csv, 1e-6, 1e-4, 0.002, 0.03",
    "plain_adam_64_100.csv, 1e-5, 1e-3, 0.002, 0.033"
  })
  void suitsRealNetworks(String file, double lowest, double low, double high, double highest) {
    Suggestion suggestion = descent.suggest(Resources.curve(file));

    assertThat(suggestion.minLr().orElseThrow()).isBetween(lowest, low);
    assertThat(suggestion.maxLr().orElseThrow()).isBetween(high, highest);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 90, 300, 2_814})
  void aCurveThatNeverFallsHasNoRange(int points) {
    for (double[][] knots :
        new double[][][] {SyntheticCurve.NEVER_FALLS, SyntheticCurve.ONLY_RISES}) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Curve curve = new SyntheticCurve(knots).points(points).seed(seed).curve();

        Suggestion suggestion = descent.suggest(curve);

        assertThat(suggestion.isNone()).as("seed %d", seed).isTrue();
        assertThat(suggestion.reason()).startsWith("The loss never really falls: it starts at 2.");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 300, 2_814})
  void aCurveThatNeverTurnsHasNoUpperBound(int points) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Curve curve =
          new SyntheticCurve(SyntheticCurve.NEVER_TURNS).points(points).seed(seed).curve();

      Suggestion suggestion = descent.suggest(curve);

      assertThat(suggestion.isNone()).as("seed %d", seed).isTrue();
      assertThat(suggestion.reason()).contains("has not turned at the last learning rate, ");
    }
  }

  @Test
  void theUpperBoundIsTheMiddleOfANarrowFloor() {
    double[][] narrow = {
      {-10, 2.3}, {-5, 2.3}, {-2.5, 0.5}, {-2, 0.45}, {-1, 0.45}, {-0.5, 3}, {1, 9}
    };
    for (int seed = 0; seed < SEEDS; seed++) {
      Suggestion suggestion = descent.suggest(new SyntheticCurve(narrow).seed(seed).curve());

      // At its floor from 4e-3 on, turned at 0.1.
      assertThat(suggestion.maxLr().orElseThrow()).isBetween(0.013, 0.03);
      assertThat(suggestion.reason())
          .endsWith("and the upper bound is the middle of the floor on the logarithmic scale.");
    }
  }

  @Test
  void theUpperBoundIsADecadeAboveTheBeginningOfABroadFloor() {
    double[][] broad = {
      {-10, 2.3}, {-5, 2.3}, {-2.5, 0.5}, {-2, 0.45}, {1, 0.45}, {1.5, 3}, {2, 9}
    };
    for (int seed = 0; seed < SEEDS; seed++) {
      Curve curve = new SyntheticCurve(broad).decades(-10, 2).seed(seed).curve();

      Suggestion suggestion = descent.suggest(curve);

      // At its floor from 3e-3 on, turned at 10: its middle would be at 0.2.
      assertThat(suggestion.maxLr().orElseThrow()).isBetween(0.02, 0.05);
      assertThat(suggestion.reason())
          .endsWith(
              "and the upper bound is a decade above the floor's beginning, and below its middle.");
    }
  }

  @Test
  void aShallowValleyThatEndsHighHasTurned() {
    double[][] shallow = {{-10, 2.3}, {-2, 2.3}, {-1, 2.1}, {-0.9, 2.6}, {1, 2.7}};
    for (int seed = 0; seed < SEEDS; seed++) {
      Curve curve = new SyntheticCurve(shallow).points(100).noise(0.01).seed(seed).curve();

      assertThat(descent.suggest(curve).maxLr().orElseThrow()).isBetween(0.02, 0.1);
    }
  }

  @Test
  void anExplosionToNanIsATurn() {
    Curve falling = new SyntheticCurve(SyntheticCurve.NEVER_TURNS).curve();
    double[] loss = falling.losses();
    // 0.1, the 2,303rd of the points.
    int end = (int) (2_814 * 9.0 / 11);
    for (int i = end; i < loss.length; i++) {
      loss[i] = Double.NaN;
    }

    Suggestion suggestion = descent.suggest(Curve.of(falling.lrs(), loss));

    assertThat(suggestion.maxLr().orElseThrow()).isBetween(0.02, 0.05);
  }

  @Test
  void aFallFromTheFirstStepStartsTheRangeThere() {
    Curve curve = new SyntheticCurve(SyntheticCurve.TUTORIAL).decades(-4, 1).points(900).curve();

    assertWithin(2, 1e-4, 1e-2, descent.suggest(curve));
  }

  @Test
  void aLateFallGetsAQuarterOfTheUpperBound() {
    double[][] cliff = {{-5, 2.3}, {-2, 2.3}, {-1.9, 0.5}, {-1.8, 2.3}, {0, 20}};
    Curve curve = new SyntheticCurve(cliff).decades(-5, 0).points(1_000).noise(0.02).curve();

    Suggestion suggestion = descent.suggest(curve);

    assertThat(suggestion.maxLr().orElseThrow() / suggestion.minLr().orElseThrow())
        .isBetween(3.999, 4.001);
    assertThat(suggestion.reason()).contains("the lower bound is a quarter of the upper one");
  }

  @Test
  void saysWhyInASentence() {
    Suggestion suggestion =
        descent.suggest(new SyntheticCurve(SyntheticCurve.TUTORIAL).noise(0).curve());

    // Without noise: 3 % of the drop from 2.3 to a floor between 0.55 and 0.64 is 0.05, which is
    // where the knots are at 1e-5.
    assertThat(suggestion.reason())
        .isEqualTo(
            "The loss starts at 2.300 and begins to fall at 9.99e-06; it is at its floor, 0.6027, from"
                + " 3.63e-03 on and turns at 5.69e-02, and the upper bound is the"
                + " middle of the floor on the logarithmic scale.");
  }

  private static void assertWithin(
      double factor, double minLr, double maxLr, Suggestion suggestion) {
    assertThat(suggestion.isRange()).as(suggestion.reason()).isTrue();
    assertThat(suggestion.minLr().orElseThrow()).isBetween(minLr / factor, minLr * factor);
    assertThat(suggestion.maxLr().orElseThrow()).isBetween(maxLr / factor, maxLr * factor);
  }
}
