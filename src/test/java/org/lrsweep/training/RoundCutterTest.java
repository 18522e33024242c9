package org.lrsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RoundCutterTest {
  /** Epochs of 7 steps, rounds of 3; the rate of a step is ten times its number. */
  private static final RoundCutter CUTTER = new RoundCutter(7, 3, 64, step -> 10.0 * step);

  private static List<String> cut(long from, long end, int atMost) {
    return shown(CUTTER.rounds(from, end, atMost, step -> false));
  }

  private static List<String> shown(List<Round> rounds) {
    return rounds.stream()
        .map(
            round ->
                round.epoch()
                    + ":"
                    + round.firstStepOfEpoch()
                    + " "
                    + java.util.Arrays.toString(round.learningRates()))
        .toList();
  }

  @Test
  void roundsEndWithTheirEpoch() {
    assertThat(cut(0, 9, 100))
        .containsExactly(
            "0:0 [0.0, 10.0, 20.0]", "0:3 [30.0, 40.0, 50.0]", "0:6 [60.0]", "1:0 [70.0, 80.0]");
  }

  @Test
  void thereAreNoMoreThanAskedFor() {
    assertThat(cut(6, 21, 2)).containsExactly("0:6 [60.0]", "1:0 [70.0, 80.0, 90.0]");
  }

  @Test
  void theyEndWhereAPauseIsWanted() {
    assertThat(shown(CUTTER.rounds(0, 21, 100, step -> step >= 6)))
        .containsExactly("0:0 [0.0, 10.0, 20.0]", "0:3 [30.0, 40.0, 50.0]");
    assertThat(CUTTER.rounds(0, 21, 100, step -> true)).hasSize(1);
  }

  @Test
  void refusesRoundsWithoutSteps() {
    assertThatThrownBy(() -> new RoundCutter(7, 0, 64, step -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stepsPerEpoch and stepsPerRound must be >= 1, found 7 and 0");
  }

  /** Whatever is asked for at once, the rounds are the same: so are the bits of a resumed run. */
  @Property(tries = 300)
  void theCutsDoNotDependOnHowManyAreAskedFor(
      @ForAll @IntRange(min = 1, max = 20) int stepsPerEpoch,
      @ForAll @IntRange(min = 1, max = 9) int stepsPerRound,
      @ForAll @IntRange(min = 1, max = 60) int steps,
      @ForAll @IntRange(min = 1, max = 5) int atMost) {
    RoundCutter cutter = new RoundCutter(stepsPerEpoch, stepsPerRound, 1, step -> step + 1.0);
    List<String> all = shown(cutter.rounds(0, steps, Integer.MAX_VALUE, step -> false));

    List<String> parts = new java.util.ArrayList<>();
    long step = 0;
    while (step < steps) {
      List<Round> next = cutter.rounds(step, steps, atMost, any -> false);
      parts.addAll(shown(next));
      step += next.stream().mapToInt(Round::steps).sum();
    }

    assertThat(step).isEqualTo(steps);
    assertThat(parts).isEqualTo(all);
  }
}
