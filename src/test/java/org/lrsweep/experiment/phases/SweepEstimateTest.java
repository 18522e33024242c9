package org.lrsweep.experiment.phases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialGrid;
import org.lrsweep.sweep.TrialPolicy;
import org.lrsweep.sweep.TrialRange;

class SweepEstimateTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong clock = new AtomicLong();
  private final StepTimes times = new StepTimes(clock::get);

  private void arrive(long afterMillis, int steps) {
    clock.addAndGet(afterMillis * MILLI);
    for (int i = 0; i < steps; i++) {
      times.stepArrived();
    }
  }

  /** Trials of 3 epochs of 10 steps of 32 examples. */
  private static List<Trial> trials(int count) {
    return new TrialGrid(
            List.of(TrialPolicy.TRIANGULAR),
            List.of(1.0),
            List.of(TrialRange.given(new LrRange(0.1, 0.2))),
            LongStream.range(0, count).boxed().toList(),
            1,
            32,
            3)
        .trials(320);
  }

  @Test
  void aStepTakesTheTimeBetweenArrivalsByTheStepsThatCame() {
    arrive(5_000, 10); // starting up
    assertThat(times.step()).as("after one arrival").isEmpty();
    arrive(100, 10);
    arrive(300, 10);

    assertThat(times.step()).contains(new StepTimes.Nanos(20 * MILLI, 10 * MILLI, 30 * MILLI));
  }

  @Test
  void aTenthOfTheReadingsAtEitherEndIsNotBelieved() {
    arrive(0, 1);
    arrive(1, 1);
    for (int i = 0; i < 18; i++) {
      arrive(10, 1);
    }
    arrive(500, 1);

    StepTimes.Nanos step = times.step().orElseThrow();
    assertThat(step.least()).isEqualTo(10.0 * MILLI);
    assertThat(step.most()).as("at least the mean").isEqualTo(step.likely());
    assertThat(step.likely()).isEqualTo((1 + 180 + 500) * MILLI / 20.0);
  }

  /**
   * Two trials at a time of five are three rows. Each trains 3 x 320 examples and evaluates 3 x 60,
   * at 1 ms an example.
   */
  @Test
  void aSweepTakesAsLongAsItsExamples() {
    StepTimes.Nanos step = new StepTimes.Nanos(16 * MILLI, 8 * MILLI, 32 * MILLI);

    SweepEstimate estimate =
        SweepEstimate.of(step, 16, new SweepEstimate.Sweep(trials(5), 3, 1, 60));

    assertThat(estimate)
        .isEqualTo(
            new SweepEstimate(
                Duration.ofMillis(3 * (960 + 60)),
                Duration.ofMillis(3 * 960 / 2),
                Duration.ofMillis(3 * (960 + 180) * 2)));
    assertThat(estimate.sentence())
        .isEqualTo("By the steps of the range test it takes about 3 s (1 s to 6 s).");
  }

  @Test
  void theWorkersOfATrialShareItsExamples() {
    StepTimes.Nanos step = new StepTimes.Nanos(16 * MILLI, 16 * MILLI, 16 * MILLI);

    assertThat(SweepEstimate.of(step, 16, new SweepEstimate.Sweep(trials(1), 1, 2, 60)).likely())
        .isEqualTo(Duration.ofMillis((960 + 60) / 2));
  }

  /** A pass of 320 for the mean's statistics; the mean and five snapshots evaluated, 20 each. */
  @Test
  void averagedAndEnsembledWeightsAreCounted() {
    StepTimes.Nanos step = new StepTimes.Nanos(16 * MILLI, 16 * MILLI, 16 * MILLI);
    SweepEstimate.Sweep sweep = new SweepEstimate.Sweep(trials(1), 1, 1, 60, 1, 6);

    assertThat(SweepEstimate.of(step, 16, sweep).likely())
        .isEqualTo(Duration.ofMillis(4 * 320 + (3 + 6) * 20));
  }
}
