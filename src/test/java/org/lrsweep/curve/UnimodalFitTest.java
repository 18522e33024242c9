package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnimodalFitTest {

  @Test
  void keepsWhatFallsAndThenRises() {
    assertThat(levels(5, 3, 1, 2, 4)).containsExactly(5, 3, 1, 2, 4);
    assertThat(UnimodalFit.of(new double[] {5, 3, 1, 2, 4}).lowest()).isEqualTo(2);
  }

  @Test
  void averagesWhatGoesAgainstTheTrend() {
    // By hand: 2 and 4 are against the fall and pool to 3; 8 and 6 against the rise, to 7.
    assertThat(levels(9, 2, 4, 0, 1, 8, 6, 10)).containsExactly(9, 3, 3, 0, 1, 7, 7, 10);
  }

  @Test
  void fitsOneSideOnly() {
    assertThat(levels(3, 2, 1)).containsExactly(3, 2, 1);
    assertThat(levels(1, 2, 3)).containsExactly(1, 2, 3);
    assertThat(levels(4)).containsExactly(4);
  }

  @Test
  void noOtherFallAndRiseIsNearer() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      double[] values = random.doubles(12).toArray();
      double error = error(values, levels(values));

      for (int attempt = 0; attempt < 50; attempt++) {
        double[] other = fallAndRise(levels(values), random);
        assertThat(error(values, other)).isGreaterThan(error - 1e-12);
      }
    }
  }

  @Test
  void isUnimodalAndKeepsTheSum() {
    double[] values = new Random(5).doubles(500).toArray();
    UnimodalFit fit = UnimodalFit.of(values);

    double[] levels = levels(values);
    for (int i = 1; i < levels.length; i++) {
      if (i <= fit.lowest()) {
        assertThat(levels[i]).isLessThanOrEqualTo(levels[i - 1]);
      } else if (i > fit.lowest() + 1) {
        assertThat(levels[i]).isGreaterThanOrEqualTo(levels[i - 1]);
      }
    }
    assertThat(Arrays.stream(levels).sum()).isCloseTo(Arrays.stream(values).sum(), within(1e-9));
  }

  private static double[] levels(double... values) {
    UnimodalFit fit = UnimodalFit.of(values);
    double[] levels = new double[values.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = fit.level(i);
    }
    return levels;
  }

  /** Some fall and rise near a given one: moved values, sorted on both sides of a point. */
  private static double[] fallAndRise(double[] near, Random random) {
    double[] moved = Arrays.stream(near).map(v -> v + 0.2 * random.nextGaussian()).toArray();
    int lowest = random.nextInt(moved.length);
    Arrays.sort(moved, 0, lowest + 1);
    for (int i = 0, j = lowest; i < j; i++, j--) {
      double swapped = moved[i];
      moved[i] = moved[j];
      moved[j] = swapped;
    }
    Arrays.sort(moved, lowest + 1, moved.length);
    return moved;
  }

  private static double error(double[] values, double[] levels) {
    double error = 0;
    for (int i = 0; i < values.length; i++) {
      error += (values[i] - levels[i]) * (values[i] - levels[i]);
    }
    return error;
  }
}
