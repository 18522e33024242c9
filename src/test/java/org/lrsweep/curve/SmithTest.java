package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SmithTest {
  private static final int POINTS = 400;
  private static final double LAST_LR = 0.2;

  /** Accuracies of batches of 64 under a linearly growing learning rate. */
  private static Suggestion suggest(long seed, DoubleUnaryOperator accuracy) {
    Random random = new Random(seed);
    double[] lr = new double[POINTS];
    double[] measured = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      lr[i] = LAST_LR * (i + 1) / POINTS;
      double mean = accuracy.applyAsDouble(lr[i]);
      double noise = Math.sqrt(mean * (1 - mean) / 64) * random.nextGaussian();
      measured[i] = Math.min(1, Math.max(0, mean + noise));
    }
    return new Smith().suggest(Curve.of(lr, new double[POINTS], measured));
  }

  /** 0.1 up to 0.02, then a rise to 0.6 at 0.06, level up to 0.12, and a fall. */
  private static double smithsFigure(double lr) {
    if (lr < 0.06) {
      return lr < 0.02 ? 0.1 : 0.1 + 0.5 * (lr - 0.02) / 0.04;
    }
    return lr < 0.12 ? 0.6 : Math.max(0.1, 0.6 - 10 * (lr - 0.12));
  }

  @Test
  void theBoundsAreWhereTheAccuracyStartsToRiseAndToFall() {
    for (long seed = 1; seed <= 20; seed++) {
      Suggestion answer = suggest(seed, SmithTest::smithsFigure);

      assertThat(answer.isRange()).as(answer.reason()).isTrue();
      assertThat(answer.minLr().getAsDouble()).isBetween(0.015, 0.03);
      assertThat(answer.maxLr().getAsDouble()).isBetween(0.1, 0.14);
      assertThat(answer.reason()).contains("begins to fall");
    }
  }

  @Test
  void whereTheAccuracyNeverFallsTheUpperBoundIsWhereItSlows() {
    Suggestion answer = suggest(3, lr -> smithsFigure(Math.min(lr, 0.1)));

    assertThat(answer.maxLr().getAsDouble()).isBetween(0.045, 0.08);
    assertThat(answer.reason()).contains("rises no further");
  }

  @Test
  void anAccuracyThatStillRisesAtTheEndGivesNoUpperBound() {
    Suggestion answer = suggest(3, lr -> 0.1 + 4 * lr);

    assertThat(answer.isNone()).isTrue();
    assertThat(answer.reason()).startsWith("The accuracy still rises at the last learning rate");
  }

  @Test
  void anAccuracyThatNeverRisesGivesNoAnswer() {
    Suggestion answer = suggest(3, lr -> 0.1);

    assertThat(answer.isNone()).isTrue();
    assertThat(answer.reason()).startsWith("The accuracy never really rises");
  }

  @Test
  void accuraciesThatAreMissingAreSkipped() {
    double[] lr = new double[POINTS];
    double[] accuracy = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      lr[i] = LAST_LR * (i + 1) / POINTS;
      accuracy[i] = i % 10 == 0 ? Double.NaN : smithsFigure(lr[i]);
    }

    Suggestion answer = new Smith().suggest(Curve.of(lr, new double[POINTS], accuracy));

    assertThat(answer.minLr().getAsDouble()).isBetween(0.015, 0.03);
    assertThat(answer.maxLr().getAsDouble()).isBetween(0.1, 0.14);
    assertThat(answer.reason()).endsWith("40 points have no accuracy and were skipped.");
  }

  @Test
  void aCurveWithoutAccuraciesGivesNoAnswer() {
    double[] lr = {1, 2, 3};

    assertThat(new Smith().suggest(Curve.of(lr, new double[3])).reason())
        .isEqualTo("The curve has no accuracies, which this method reads.");
  }

  @Test
  void aShortOrBrokenCurveGivesNoAnswer() {
    double[] lr = new double[30];
    double[] nans = new double[30];
    Arrays.setAll(lr, i -> i + 1);
    Arrays.fill(nans, Double.NaN);

    assertThat(new Smith().suggest(Curve.of(lr, new double[30], nans)).reason())
        .isEqualTo(
            "Only 0 finite points are left of the curve after trimming; the method needs 20. 30"
                + " points have no accuracy and were skipped.");
  }
}
