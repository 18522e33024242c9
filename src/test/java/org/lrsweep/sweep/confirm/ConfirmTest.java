package org.lrsweep.sweep.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lrsweep.curve.Floor;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialEpoch;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.TrialStep;

/**
 * Five bounds, 1 to 5, by cycles of two parts of three steps, which a table of losses stands for.
 */
class ConfirmTest {
  private static final ConfirmPlan PLAN =
      new ConfirmPlan(
          IntStream.rangeClosed(1, 5).mapToObj(bound -> new LrRange(0.1, bound)).toList(),
          new ShortCycle(2, 3),
          3,
          64,
          7);

  private final List<String> trained = new ArrayList<>();

  /**
   * @param losses of each rung, by cycle; NaN where it diverges in the second part
   */
  private Confirmation confirm(double[]... losses) {
    return new Confirm(
            PLAN,
            (rungs, epoch) -> {
              trained.add(epoch + ": " + String.join(" ", rungs.stream().map(Trial::id).toList()));
              Map<Trial, TrialOutcome> outcomes = new LinkedHashMap<>();
              for (Trial rung : rungs) {
                outcomes.put(rung, outcome(rung, epoch, losses[(int) rung.maxLr() - 1]));
              }
              return outcomes;
            })
        .run(cycle -> {});
  }

  private static TrialOutcome outcome(Trial rung, int epoch, double[] losses) {
    boolean diverged = Double.isNaN(losses[epoch / 2 - 1]);
    int epochs = diverged ? epoch - 1 : epoch;
    long steps = 3L * epochs + (diverged ? 1 : 0);
    return new TrialOutcome(
        rung,
        diverged ? TrialStatus.DIVERGED : TrialStatus.COMPLETED,
        diverged ? Optional.of("loss is NaN at step 4") : Optional.empty(),
        LongStream.range(0, steps).mapToObj(step -> new TrialStep(step, 1, 1, 1)).toList(),
        IntStream.rangeClosed(1, epochs)
            .mapToObj(e -> new TrialEpoch(e, 9, 0.5, losses[(e - 1) / 2] + e % 2, 0.5, 10))
            .toList(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void theBetterHalfGoesOnAndTheBestOfItIsChosen() {
    Confirmation confirmation =
        confirm(
            new double[] {0.9},
            new double[] {0.4, 0.35},
            new double[] {0.5, 0.3},
            new double[] {0.6},
            new double[] {Double.NaN});

    assertThat(trained)
        .containsExactly(
            "2: confirm-1 confirm-2 confirm-3 confirm-4 confirm-5", "4: confirm-2 confirm-3");
    assertThat(confirmation.cycles())
        .extracting(c -> c.cycle() + "/" + c.rung() + " " + c.steps() + " " + c.verdict().kept())
        .containsExactly(
            "1/1 6 false",
            "1/2 6 true",
            "1/3 6 true",
            "1/4 6 false",
            "1/5 4 false",
            "2/2 6 false",
            "2/3 6 true");
    assertThat(confirmation.cycles())
        .extracting(cycle -> cycle.verdict().reason())
        .contains(
            "validation loss 0.9000, rank 4 of 4: the best 2 go on",
            "validation loss 0.4000, rank 1 of 4: among the best 2, which go on",
            "diverged: loss is NaN at step 4",
            "validation loss 0.3000, rank 1 of 2: the one that is left");
    assertThat(confirmation.steps()).isEqualTo(4 * 6 + 4 + 2 * 6);
    assertThat(confirmation.millis()).isEqualTo(4 * 20 + 10 + 2 * 20);
    assertThat(confirmation.suggestion())
        .isEqualTo(
            Suggestion.range(
                "confirm",
                0.1,
                3,
                "5 upper bounds on the floor, from 1.00e+00 to 5.00e+00, were each tried by cycles"
                    + " of 6 steps from one start, and the worse half left out at each cycle's end;"
                    + " that took 40 steps. After 2 cycles the bound 3.00e+00 is left, with a"
                    + " validation loss of 0.3000, before 2.00e+00 with 0.3500."));
  }

  @Test
  void ofEqualOnesTheLowerBoundGoesOn() {
    double[] same = {0.5, 0.5};

    assertThat(confirm(same, same, same, same, same).suggestion().maxLr()).hasValue(1);
  }

  @Test
  void theLastOneNeedsNoMoreCycles() {
    double[] diverging = {Double.NaN};

    Confirmation confirmation =
        confirm(diverging, new double[] {0.4}, diverging, diverging, diverging);

    assertThat(trained).hasSize(1);
    assertThat(confirmation.suggestion().maxLr()).hasValue(2);
    assertThat(confirmation.suggestion().reason()).contains("After a cycle the bound 2.00e+00");
  }

  @Test
  void thereIsNoAnswerWhereAllDiverge() {
    double[] diverging = {Double.NaN};

    Suggestion answer = confirm(diverging, diverging, diverging, diverging, diverging).suggestion();

    assertThat(answer.isNone()).isTrue();
    assertThat(answer.reason()).endsWith("In cycle 1 all of them diverged or failed.");
  }

  @Test
  void itsRowsSayTheSame() {
    Confirmation confirmation =
        confirm(
            new double[] {0.9},
            new double[] {0.4, 0.35},
            new double[] {0.5, 0.3},
            new double[] {0.6},
            new double[] {Double.NaN});

    assertThat(Confirmation.of(confirmation.rows("r1"))).contains(confirmation);
    assertThat(Confirmation.of(List.of())).isEmpty();
  }

  /** A cycle ends where its learning rate is at its lowest again. */
  @Test
  void aRungsCyclesAreTriangles() {
    Trial rung = PLAN.trials().get(3);

    assertThat(rung.steps()).isEqualTo(12);
    assertThat(rung.schedule().learningRate(0)).isEqualTo(0.1);
    assertThat(rung.schedule().learningRate(3)).isEqualTo(4);
    assertThat(rung.schedule().learningRate(6)).isEqualTo(0.1);
    assertThat(PLAN.oneCycle(2)).hasSize(2).allSatisfy(t -> assertThat(t.steps()).isEqualTo(6));
  }

  /** The ladder of a floor from 1 to 16 with three rungs is 2, 4 and 8. */
  @Test
  void aRungReachesAQuarterOfItsUpperBoundAtLeast() {
    ConfirmPlan plan = ConfirmPlan.of(new Floor(1, 16), 0.9, 3, new ShortCycle(1, 4), 4, 64, 7);

    assertThat(plan.ranges().get(0).baseLr()).isCloseTo(0.5, within(1e-9));
    assertThat(plan.ranges().get(0).maxLr()).isCloseTo(2, within(1e-9));
    assertThat(plan.ranges().subList(1, 3)).extracting(LrRange::baseLr).containsOnly(0.9);
  }
}
