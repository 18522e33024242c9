package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FloorTest {
  private static final Curve TUTORIAL = new SyntheticCurve(SyntheticCurve.TUTORIAL).seed(1).curve();

  /** Its reason names the floor that the upper bound was taken from. */
  @Test
  void isTheOneThatDescentSpeaksOf() {
    Floor floor = RangeMethods.floor(TUTORIAL).orElseThrow();

    assertThat(RangeMethods.of("descent").suggest(TUTORIAL).reason())
        .contains(
            "from "
                + Reasons.lr(floor.beginning())
                + " on and turns at "
                + Reasons.lr(floor.turn()));
  }

  @Test
  void isNotThereWhereDescentGivesNoRange() {
    Curve rising = TUTORIAL.between(TUTORIAL.size() - 100, TUTORIAL.size());

    assertThat(RangeMethods.of("descent").suggest(rising).isNone()).isTrue();
    assertThat(RangeMethods.floor(rising)).isEmpty();
  }

  /** Thousandfold in four steps of 10^0.75. */
  @Test
  void aLadderHasEvenStepsBetweenItsEnds() {
    assertThat(new Floor(1e-3, 1).ladder(3))
        .usingElementComparator(
            (one, other) -> Math.abs(one / other - 1) < 1e-9 ? 0 : Double.compare(one, other))
        .containsExactly(Math.pow(10, -2.25), Math.pow(10, -1.5), Math.pow(10, -0.75));
    assertThat(new Floor(0.5, 0.5).ladder(2))
        .allSatisfy(rate -> assertThat(rate).isCloseTo(0.5, Offset.offset(1e-12)));
  }

  @Test
  void refusesWhatIsNoFloor() {
    assertThatThrownBy(() -> new Floor(1, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A floor must have 0 < beginning <= turn, both finite, found 1.0 and 0.5");
    assertThatThrownBy(() -> new Floor(1, 2).ladder(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rungs must be >= 1, found 0");
  }
}
