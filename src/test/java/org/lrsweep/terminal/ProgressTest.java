package org.lrsweep.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lrsweep.experiment.phases.FinderProgress;
import org.lrsweep.experiment.phases.SweepProgress;
import org.lrsweep.finder.FinderStep;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialEpoch;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.TrialPolicy;
import org.lrsweep.sweep.TrialStep;
import org.lrsweep.training.RunningStep;

/** What is shown of a range test and of a sweep, under a clock that the tests set. */
class ProgressTest {
  private static final Trial FIRST = trial(1);
  private static final Trial SECOND = trial(2);

  private final StringWriter printed = new StringWriter();
  private long seconds = 1000;

  private static Trial trial(int number) {
    return new Trial(
        String.format(Locale.ROOT, "trial-%02d", number),
        TrialPolicy.TRIANGULAR,
        2,
        200,
        1e-4,
        1e-2,
        1,
        64,
        4,
        100,
        42,
        Optional.empty());
  }

  private long nanos() {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  private SweepProgress sweep(List<Trial> trials) {
    return new SweepProgress(trials, new PrintWriter(printed), this::nanos);
  }

  private static TrialOutcome outcome(Trial trial, TrialStatus status, Optional<String> error) {
    return new TrialOutcome(
        trial,
        status,
        error,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aRangeTestShowsItsStepRateLossAndTimeLeft() {
    FinderProgress test = new FinderProgress("Range test", 200, this::nanos);
    assertThat(test.block(10))
        .containsExactly("Range test  [" + ".".repeat(24) + "]  step 0 of 200");
    assertThat(test.lines()).isEmpty();

    test.accept(new FinderStep(0, 1e-5, 1, 2.3, 2.3, 2.3));
    seconds += 99;
    test.accept(new FinderStep(99, 3.217e-3, 1, 0.5, 0.61238, 0.6));

    String status = "step 100 of 200, LR 3.22e-3, smoothed loss 0.6124, at most 1 min 40 s left";
    assertThat(test.block(10))
        .containsExactly("Range test  [" + "#".repeat(12) + ".".repeat(12) + "]  " + status);
    assertThat(test.lines()).containsExactly("  Range test: " + status);
  }

  @Test
  void aSweepShowsALineForEachTrialFromItsRunningTasks() {
    SweepProgress sweep = sweep(List.of(FIRST, SECOND));
    sweep.stepRunning(FIRST, new RunningStep(9, 1e-3, 1.5));
    seconds += 90;
    sweep.stepRunning(FIRST, new RunningStep(99, 5e-3, 0.75));

    assertThat(sweep.block(20))
        .containsExactly(
            "Sweep: 1 running, 1 waiting, 0 done; 11 min 40 s left",
            "  trial                   epoch    LR  train loss  accuracy  time left",
            "  trial-01  ###.........    1/4  5e-3      0.7500         -  5 min 0 s",
            "  trial-02  ............    1/4     -           -         -    waiting");
  }

  @Test
  void timeGoesOnBetweenHeartbeats() {
    SweepProgress sweep = sweep(List.of(FIRST));
    sweep.stepRunning(FIRST, new RunningStep(0, 1e-3, 1.5));
    seconds += 99;
    sweep.stepRunning(FIRST, new RunningStep(99, 1e-3, 1.5));
    seconds += 60;

    assertThat(sweep.block(20).get(2)).endsWith("4 min 0 s");
  }

  @Test
  void anAccuracyStaysUntilTheNextOne() {
    SweepProgress sweep = sweep(List.of(FIRST));
    sweep.roundEnded(FIRST, new TrialStep(99, 1, 5e-3, 0.7));
    sweep.epochEnded(FIRST, new TrialEpoch(1, 0.8, 0.7, 0.6, 0.8712, 90_000));
    sweep.stepRunning(FIRST, new RunningStep(120, 4e-3, 0.65));

    assertThat(sweep.block(20).get(2)).contains("2/4  4e-3", "0.6500", "87.12 %");
    assertThat(sweep.lines())
        .containsExactly(
            "  trial-01: epoch 2 of 4, step 121 of 400, LR 4e-3, train loss 0.6500, validation"
                + " accuracy 87.12 %");
    assertThat(printed.toString())
        .isEqualTo(
            "  trial-01 (triangular, step size 2 epochs): epoch 1 of 4, train loss 0.8000,"
                + " validation accuracy 87.12 %, 90.0 s\n");
  }

  @Test
  void aTaskThatSparkRepeatsTurnsNothingBack() {
    SweepProgress sweep = sweep(List.of(FIRST));
    sweep.stepRunning(FIRST, new RunningStep(50, 5e-3, 0.7));
    sweep.stepRunning(FIRST, new RunningStep(3, 1e-3, 2.3));

    assertThat(sweep.lines().get(0)).contains("step 51 of 400").contains("LR 5e-3");
  }

  @Test
  void trialsThatEndSaySo() {
    SweepProgress sweep = sweep(List.of(FIRST, SECOND));
    sweep.trialEnded(outcome(FIRST, TrialStatus.COMPLETED, Optional.empty()));
    sweep.trialEnded(outcome(SECOND, TrialStatus.DIVERGED, Optional.of("loss is\nNaN")));

    assertThat(sweep.block(20).get(0)).isEqualTo("Sweep: 0 running, 0 waiting, 2 done");
    assertThat(sweep.block(20).get(2)).endsWith("done");
    assertThat(sweep.block(20).get(3)).endsWith("DIVERGED");
    assertThat(printed.toString()).isEqualTo("  trial-02 DIVERGED: loss is NaN\n");
  }

  @Test
  void ofManyTrialsTheRunningOnesAreShownFirst() {
    List<Trial> trials = IntStream.rangeClosed(1, 60).mapToObj(ProgressTest::trial).toList();
    SweepProgress sweep = sweep(trials);
    sweep.trialEnded(outcome(trials.get(0), TrialStatus.COMPLETED, Optional.empty()));
    sweep.stepRunning(trials.get(40), new RunningStep(5, 1e-3, 1.5));

    List<String> block = sweep.block(10);

    assertThat(block).hasSize(10);
    assertThat(block.get(2)).startsWith("  trial-41");
    assertThat(block.get(3)).startsWith("  trial-02");
    assertThat(block.get(9)).isEqualTo("  and 53 more, waiting or done");
    assertThat(sweep.block(1)).hasSize(1);
  }

  @Test
  void aPaceCountsFromItsFirstReading() {
    Pace resumed = new Pace();
    resumed.reached(5000, 0);
    assertThat(resumed.left(6000, 0)).isEmpty();

    resumed.reached(5100, TimeUnit.SECONDS.toNanos(10));

    assertThat(resumed.left(6000, TimeUnit.SECONDS.toNanos(10))).contains(Duration.ofSeconds(90));
  }
}
