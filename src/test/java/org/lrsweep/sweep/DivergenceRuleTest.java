package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DivergenceRuleTest {
  private static final int STEPS = 200;

  private static DivergenceRule rule() {
    return new DivergenceRule(4, DivergenceRule.State.START);
  }

  /** The first step at which the losses have diverged. */
  private static OptionalInt divergence(IntToDoubleFunction losses) {
    DivergenceRule rule = rule();
    return IntStream.range(0, STEPS)
        .filter(step -> rule.judge(step, losses.applyAsDouble(step)).isPresent())
        .findFirst();
  }

  @Test
  void divergesAboveFourTimesTheFirstLossOfAnUntrainedNetwork() {
    DivergenceRule rule = rule();

    assertThat(rule.judge(0, 2)).isEmpty();
    // By hand: 0.04, then 0.02 * 13 + 0.98 * 0.04 = 0.2992 over 1 - 0.98^2 = 0.0396 is 7.556.
    assertThat(rule.judge(1, 13)).isEmpty();
    // 0.02 * 13 + 0.98 * 0.2992 = 0.553216 over 0.058808 is 9.407.
    assertThat(rule.judge(2, 13))
        .hasValue("smoothed loss 9.407 at step 2 is above 8.000, 4.0 times the first loss");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void divergesAtALossThatIsNotFinite(double loss) {
    assertThat(rule().judge(7, loss)).hasValue("loss is " + loss + " at step 7");
  }

  @Test
  void aCosineProximityThatFallsFromZeroDoesNotDiverge() {
    Random random = new Random(1);

    assertThat(divergence(step -> -step / (double) STEPS + 0.05 * random.nextGaussian())).isEmpty();
    assertThat(divergence(step -> -0.9 + 0.05 * random.nextGaussian())).isEmpty();
    assertThat(divergence(step -> 0)).isEmpty();
  }

  @Test
  void aTrainedNetworkMayGoBackToGuessing() {
    Random random = new Random(2);

    // The first batch happens to be all right; the rate then grows.
    assertThat(
            divergence(step -> step == 0 ? 0.002 : 0.05 * random.nextDouble() + 0.6 * step / STEPS))
        .isEmpty();
  }

  @Test
  void aTrainedNetworkDivergesFarAboveGuessing() {
    DivergenceRule rule = rule();
    Optional<String> diverged = Optional.empty();
    for (int step = 0; step < STEPS && diverged.isEmpty(); step++) {
      diverged = rule.judge(step, step < 5 ? 0.01 : 20);
    }

    // By hand: (0.02 * 20 + 0.98 * 0.01 * (1 - 0.98^5)) / (1 - 0.98^6) = 0.400942 / 0.114158; above
    // 0.01 + 3 * 0.5.
    assertThat(diverged)
        .hasValue("smoothed loss 3.512 at step 5 is above 1.510, too far from its start, 0.01000");
  }

  @Test
  void aLossBelowZeroDivergesByItsDistanceFromZero() {
    // From -10 up, as a log-likelihood does, to above -10 + 3 * 10.
    assertThat(divergence(step -> step < 50 ? -10 : 19)).isEmpty();
    assertThat(divergence(step -> step < 50 ? -10 : 1e3).getAsInt()).isBetween(50, 60);
  }

  @Test
  void aSmallFirstLossIsNoMeasureOfThoseAfterIt() {
    Random random = new Random(3);

    assertThat(divergence(step -> step == 0 ? 0.02 : 30 + 5 * random.nextGaussian())).isEmpty();
  }

  @Test
  void goesOnFromItsStateWithTheSameBits() {
    for (double level : new double[] {0.01, 2.3, -1}) {
      Random random = new Random(4);
      DivergenceRule whole = rule();
      DivergenceRule resumed = rule();
      for (int step = 0; step < STEPS; step++) {
        double loss = level + 0.1 * step * random.nextDouble();
        assertThat(resumed.judge(step, loss)).isEqualTo(whole.judge(step, loss));
        assertThat(resumed.state()).isEqualTo(whole.state());
        resumed = new DivergenceRule(4, resumed.state());
      }
    }
  }
}
