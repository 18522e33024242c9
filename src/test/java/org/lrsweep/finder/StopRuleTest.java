package org.lrsweep.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

public class StopRuleTest {

  @Test
  void smoothsWithoutTheBiasOfTheZeroStart() {
    StopRule test = new StopRule(0.98, 4);

    // By hand: average 0.04, 0.02*1 + 0.98*0.04 = 0.0592, 0.02*4 + 0.98*0.0592 = 0.138016.
    assertThat(test.record(0.1, 2).smoothedLoss()).isCloseTo(2, within(1e-12));
    assertThat(test.record(0.2, 1).smoothedLoss()).isCloseTo(0.0592 / 0.0396, within(1e-12));
    FinderStep third = test.record(0.4, 4);
    assertThat(third.smoothedLoss()).isCloseTo(0.138016 / 0.058808, within(1e-12));
    assertThat(third.bestLoss()).isCloseTo(0.0592 / 0.0396, within(1e-12));
    assertThat(third.step()).isEqualTo(2);
    assertThat(third.loss()).isEqualTo(4);
    assertThat(third.lr()).isEqualTo(0.4);
    assertThat(third.lrMultiplier()).isCloseTo(4, within(1e-12));
  }

  @Test
  void stopsAboveFourTimesTheBestAndRecordsThatStep() {
    StopRule test = new StopRule(0, 4);

    test.record(1, 1.0);
    test.record(2, 4.0);
    assertThat(test.isStopped()).isFalse();
    assertThat(test.stopReason()).isEmpty();

    FinderStep last = test.record(3, 4.0001);
    assertThat(test.isStopped()).isTrue();
    assertThat(test.stopReason()).hasValue(StopReason.DIVERGED);
    assertThat(last.smoothedLoss()).isEqualTo(4.0001);
    assertThatIllegalStateException()
        .isThrownBy(() -> test.record(4, 1))
        .withMessage("The range test stopped after step 2: DIVERGED");
  }

  @Test
  void comparesWithTheBestBeforeTheStep() {
    StopRule test = new StopRule(0, 4);

    test.record(1, 8);
    test.record(2, 1);
    test.record(3, 3.9);
    assertThat(test.isStopped()).isFalse();
    assertThat(test.record(4, 0.9).bestLoss()).isEqualTo(0.9);
    test.record(5, 3.7);
    assertThat(test.stopReason()).hasValue(StopReason.DIVERGED);
  }

  @Test
  void stopsAtALossThatIsNoNumber() {
    for (double loss :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      StopRule test = new StopRule(0.98, Double.POSITIVE_INFINITY);
      test.record(1, 2);
      FinderStep last = test.record(2, loss);

      assertThat(test.stopReason()).hasValue(StopReason.NOT_FINITE);
      assertThat(last.loss()).isEqualTo(Double.valueOf(loss));
      assertThat(last.bestLoss()).isCloseTo(2, within(1e-12));
    }
  }

  @Test
  void stopsAtALossThatIsNoNumberInTheFirstStep() {
    StopRule test = new StopRule(0.98, 4);

    test.record(1, Double.NaN);

    assertThat(test.stopReason()).hasValue(StopReason.NOT_FINITE);
  }

  @Test
  void anInfiniteFactorNeverStops() {
    StopRule test = new StopRule(0, Double.POSITIVE_INFINITY);

    test.record(1, 1e-9);
    test.record(2, 1e9);

    assertThat(test.isStopped()).isFalse();
  }

  @Test
  void aLossBelowZeroIsNoDivergence() {
    StopRule test = new StopRule(0, 4);

    test.record(1, -1);
    test.record(2, -2);
    test.record(3, -1.5);

    assertThat(test.isStopped()).isFalse();
  }

  @Test
  void aLossBelowZeroDivergesByThreeTimesItsDistanceFromZero() {
    StopRule test = new StopRule(0, 4);

    test.record(1, -1);
    test.record(2, -2);
    test.record(3, 4);
    assertThat(test.isStopped()).isFalse();

    test.record(4, 4.1);
    assertThat(test.stopReason()).hasValue(StopReason.DIVERGED);
  }

  @Test
  void aLossOnItsWayThroughZeroDivergesByThreeTimesItsFall() {
    StopRule test = new StopRule(0, 4);

    test.record(1, 2);
    test.record(2, -0.01);
    test.record(3, 6);
    assertThat(test.isStopped()).isFalse();

    test.record(4, 6.1);
    assertThat(test.stopReason()).hasValue(StopReason.DIVERGED);
  }

  @Test
  void anInfiniteFactorNeverStopsALossBelowZero() {
    StopRule test = new StopRule(0, Double.POSITIVE_INFINITY);

    test.record(1, -1e-9);
    test.record(2, 1e9);

    assertThat(test.isStopped()).isFalse();
  }

  @Test
  void goesOnFromItsStateWithTheSameBits() throws Exception {
    Random random = new Random(7);
    StopRule whole = new StopRule(0.98, 4);
    StopRule resumed = new StopRule(0.98, 4);

    for (int step = 0; step < 200; step++) {
      double lr = Math.pow(10, step / 20.0 - 10);
      double loss = 2 - step / 50.0 + random.nextDouble();
      assertThat(resumed.record(lr, loss)).isEqualTo(whole.record(lr, loss));
      resumed = new StopRule(0.98, 4, copy(resumed.state()));
    }
    whole.record(1, Double.NaN);
    resumed.record(1, Double.NaN);
    assertThat(new StopRule(0.98, 4, copy(resumed.state())).stopReason())
        .isEqualTo(whole.stopReason());
  }

  @Test
  void refusesConstantsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopRule(1, 4))
        .withMessage("beta must be >= 0 and < 1, found 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopRule(0.98, 1))
        .withMessage("stopFactor must be > 1, found 1.0");
  }

  private static StopRule.State copy(StopRule.State state)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(state);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (StopRule.State) in.readObject();
    }
  }
}
