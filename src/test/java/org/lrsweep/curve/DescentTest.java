package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
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
  void oneMissingLossIsNoExplosion() {
    assertWithin(1.2, 8e-6, 1.5e-2, descent.suggest(Resources.losses("one-nan-at-1700.csv")));
    assertThat(descent.suggest(Resources.losses("one-nan-at-1700.csv")).reason())
        .endsWith(". 1 of 2625 points has no finite loss and was skipped.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 60, 99})
  void aMissingLossChangesNothingWhereverItIs(int missing) {
    Curve calm = new SyntheticCurve(SyntheticCurve.TUTORIAL).points(100).noise(0.02).curve();
    double[] loss = calm.losses();
    loss[missing] = Double.NaN;

    Suggestion expected = descent.suggest(calm);
    Suggestion suggestion = descent.suggest(Curve.of(calm.lrs(), loss));

    assertWithin(1.25, expected.minLr().orElseThrow(), expected.maxLr().orElseThrow(), suggestion);
    assertThat(suggestion.reason()).contains("point");
  }

  @Test
  void aMissingLastLossIsNoTurn() {
    Curve falling = new SyntheticCurve(SyntheticCurve.NEVER_TURNS).points(300).curve();
    double[] loss = falling.losses();
    loss[299] = Double.NaN;

    assertThat(descent.suggest(Curve.of(falling.lrs(), loss)).reason())
        .contains("has not turned at the last learning rate, ")
        .endsWith(
            " 1 of 300 points has no finite loss and was skipped, also the last one, since a single"
                + " NaN may be a missing value.");
  }

  @Test
  void anInfiniteLastLossIsATurn() {
    Curve falling = new SyntheticCurve(SyntheticCurve.NEVER_TURNS).decades(-10, -1).curve();
    double[] loss = falling.losses();
    loss[loss.length - 1] = Double.POSITIVE_INFINITY;

    assertThat(descent.suggest(falling).isNone()).isTrue();
    assertThat(descent.suggest(Curve.of(falling.lrs(), loss)).maxLr().orElseThrow())
        .isBetween(0.02, 0.05);
  }

  @Test
  void aQuietStartDoesNotCutOffANoisyValley() {
    double[][] level = {
      {-10, 2.3},
      {-5.3, 2.3},
      {-5, 2.18},
      {-4, 1.5},
      {-3, 0.82},
      {-2.6, 0.6},
      {-1, 0.6},
      {-0.5, 1.9}
    };
    double[][] noise = {
      {-10, 0.005}, {-5.3, 0.005}, {-4, 0.14}, {-2.6, 0.35}, {-0.8, 0.34}, {-0.5, 0.2}
    };
    for (int seed = 0; seed < 50; seed++) {
      SyntheticCurve curve = new SyntheticCurve(level).decades(-10, -0.5).points(2_500).seed(seed);
      Suggestion calm = descent.suggest(curve.noise(0.01).curve());

      assertWithin(
          2,
          calm.minLr().orElseThrow(),
          calm.maxLr().orElseThrow(),
          descent.suggest(curve.noise(noise).curve()));
    }
    assertWithin(2, 1.2e-5, 0.03, descent.suggest(Resources.losses("quiet-start-seed6.csv")));
  }

  @Test
  void anOscillationHasNoRange() {
    double[] lr = new double[450];
    double[] loss = new double[450];
    for (int i = 0; i < 450; i++) {
      lr[i] = 1e-5 * Math.pow(10, i / 75.0);
      loss[i] = 2.3 + 0.15 * Math.sin(2 * Math.PI * i / 47);
    }

    Suggestion suggestion = descent.suggest(Curve.of(lr, loss));

    assertThat(suggestion.isNone()).isTrue();
    // Nine full periods and a half.
    assertThat(suggestion.reason())
        .isEqualTo(
            "The loss falls and rises again 9 times by half of its whole drop or more, so that none"
                + " of its falls can be put down to the learning rate.");
  }

  @Test
  void theRangeEndsBeforeASecondValley() {
    Suggestion suggestion = descent.suggest(Resources.losses("two-valleys.csv"));

    // The first valley is lowest at 4e-4 and gone at 4e-3, the second one from 4e-2 on.
    assertThat(suggestion.maxLr().orElseThrow()).isBetween(3e-4, 1e-3);
    assertThat(suggestion.reason())
        .contains(
            "e-02 the loss is back at 2.2",
            " and then falls a second time: a range across that would lose there what it has"
                + " learned.");
  }

  /** Too short a first fall has no start, fall and floor that could be told from noise. */
  @Test
  void aFirstValleyOfFewPointsHasNoRange() {
    double[] lr = IntStream.range(0, 60).mapToDouble(i -> 1e-6 * Math.pow(10, i / 16.0)).toArray();
    Random random = new Random(7);
    double[] loss =
        IntStream.range(0, 60)
            .mapToDouble(i -> ((i > 5 && i <= 9) || (i > 14 && i < 54) ? 1 : 3))
            .map(level -> level + 0.01 * random.nextGaussian())
            .toArray();

    Suggestion suggestion = descent.suggest(Curve.of(lr, loss));

    assertThat(suggestion.isNone()).as(suggestion.reason()).isTrue();
    assertThat(suggestion.reason())
        .contains("falls a second time; the ", " points of its first fall are too few")
        .endsWith("the method needs 20.");
  }

  @Test
  void aCurveThatBeginsInTheFallHasNoLowerBoundOfItsOwn() {
    Suggestion suggestion = descent.suggest(Resources.losses("begins-in-the-fall.csv"));

    assertThat(suggestion.minLr()).hasValue(1e-3);
    assertThat(suggestion.reason())
        .contains(
            " falls from the first learning rate on, 1.00e-03, so that the lower bound is not known"
                + " and that rate is taken; ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p1000, 0x1p-1000, 1e300, 1e-300})
  void lossesMayBeHugeOrTiny(double factor) {
    Curve curve = new SyntheticCurve(SyntheticCurve.TUTORIAL).curve();
    double[] scaled = Arrays.stream(curve.losses()).map(loss -> loss * factor).toArray();

    Suggestion expected = descent.suggest(curve);

    assertWithin(
        1 + 1e-9,
        expected.minLr().orElseThrow(),
        expected.maxLr().orElseThrow(),
        descent.suggest(Curve.of(curve.lrs(), scaled)));
  }

  @Test
  void lossesMayBeNegative() {
    Curve curve = new SyntheticCurve(SyntheticCurve.TUTORIAL).curve();
    double[] shifted = Arrays.stream(curve.losses()).map(loss -> loss - 8).toArray();

    Suggestion expected = descent.suggest(curve);

    assertWithin(
        1 + 1e-9,
        expected.minLr().orElseThrow(),
        expected.maxLr().orElseThrow(),
        descent.suggest(Curve.of(curve.lrs(), shifted)));
  }

  @Test
  void saysWhyInASentence() {
    Suggestion suggestion =
        descent.suggest(new SyntheticCurve(SyntheticCurve.TUTORIAL).noise(0).curve());

    // Without noise: 3 % of the drop from 2.3 to a floor between 0.55 and 0.64 is 0.05, which is
    // where the knots are at 1e-5.
    assertThat(suggestion.reason())
        .isEqualTo(
            "The loss starts at 2.300 and begins to fall at 9.99e-06; it is at its floor, 0.6027,"
                + " from 3.63e-03 on and turns at 5.69e-02, and the upper bound is the middle of"
                + " the floor on the logarithmic scale.");
  }

  private static void assertWithin(
      double factor, double minLr, double maxLr, Suggestion suggestion) {
    assertThat(suggestion.isRange()).as(suggestion.reason()).isTrue();
    assertThat(suggestion.minLr().orElseThrow()).isBetween(minLr / factor, minLr * factor);
    assertThat(suggestion.maxLr().orElseThrow()).isBetween(maxLr / factor, maxLr * factor);
  }
}
