package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lrsweep.results.Metric;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;

/** Trials of eight epochs of ten steps, with cycles of two epochs unless a test says otherwise. */
class SweepLimitsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private long now;

  private static List<Trial> trials(TrialPolicy policy, double stepSize, int count) {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seed <= count; seed++) {
      seeds.add(seed);
    }
    return new TrialGrid(
            List.of(policy),
            List.of(stepSize),
            List.of(TrialRange.given(new LrRange(0.1, 0.2))),
            seeds,
            1,
            10,
            8)
        .trials(100);
  }

  private static Trial trial(TrialPolicy policy, double stepSize) {
    return trials(policy, stepSize, 1).get(0);
  }

  private static List<TrialEpoch> epochs(double... accuracies) {
    List<TrialEpoch> epochs = new ArrayList<>();
    for (double accuracy : accuracies) {
      epochs.add(new TrialEpoch(epochs.size() + 1, 1, 0.5, 1.0, accuracy, 1));
    }
    return epochs;
  }

  private static TrialOutcome failed(Trial trial) {
    return TrialOutcome.failed(trial, new IllegalStateException("lost"));
  }

  private SweepLimits hour() {
    return new SweepLimits(Optional.of(HOUR), OptionalInt.empty(), Optional.empty(), () -> now);
  }

  @Test
  void whenTheBudgetIsOverTrialsEndWithTheirCyclesAndNoneBegins() {
    SweepLimits limits = hour();
    Trial trial = trial(TrialPolicy.TRIANGULAR, 1);
    assertThat(limits.refusal()).isEmpty();
    assertThat(limits.reason(trial, epochs(0.5, 0.5))).isEmpty();

    now = HOUR.toNanos() + 1;

    assertThat(limits.reason(trial, epochs(0.5, 0.5, 0.5))).isEmpty();
    assertThat(limits.reason(trial, epochs(0.5, 0.5, 0.5, 0.5)))
        .hasValue("it stopped after epoch 4, since sweep.time-budget (1H) was over");
    assertThat(limits.refusal())
        .hasValue("it was not begun, since sweep.time-budget (1H) was over");
  }

  /** One cycle, no cycle, and cycles that end amid epochs. */
  @Test
  void trialsWithoutCyclesAtEpochsEndsEndWithTheirEpochs() {
    SweepLimits limits = hour();
    now = HOUR.toNanos() + 1;

    assertThat(limits.reason(trial(TrialPolicy.ONE_CYCLE, 1), epochs(0.5))).isPresent();
    assertThat(limits.reason(trial(TrialPolicy.CONSTANT, 1), epochs(0.5))).isPresent();
    assertThat(limits.reason(trial(TrialPolicy.TRIANGULAR, 4), epochs(0.5))).isPresent();
    assertThat(limits.reason(trial(TrialPolicy.TRIANGULAR, 1.5), epochs(0.5))).isEmpty();
    assertThat(limits.reason(trial(TrialPolicy.TRIANGULAR, 1.5), epochs(0.5, 0.5, 0.5)))
        .isPresent();
  }

  @Test
  void afterSoManyFailuresNoTrialBeginsAndThoseThatRunGoOn() {
    SweepLimits limits =
        new SweepLimits(Optional.empty(), OptionalInt.of(2), Optional.empty(), () -> now);
    List<Trial> trials = trials(TrialPolicy.TRIANGULAR, 1, 3);
    limits.trialEnded(failed(trials.get(0)));
    assertThat(limits.refusal()).isEmpty();

    limits.trialEnded(failed(trials.get(1)));

    assertThat(limits.hasTooManyFailures()).isTrue();
    assertThat(limits.refusal())
        .hasValue("it was not begun, since sweep.max-failures = 2 trials had failed");
    assertThat(limits.reason(trials.get(2), epochs(0.5, 0.5))).isEmpty();
  }

  @Test
  void withoutLimitsNothingEnds() {
    SweepLimits none = SweepLimits.none();
    Trial trial = trial(TrialPolicy.TRIANGULAR, 1);
    none.trialEnded(failed(trial));

    assertThat(none.refusal()).isEmpty();
    assertThat(none.reason(trial, epochs(0, 0))).isEmpty();
    assertThat(none.hasTooManyFailures()).isFalse();
  }

  /** The median of 0.5, 0.6 and 0.9 is 0.6, of these and 0.7 it is 0.65. */
  @Test
  void aTrialBelowTheMedianOfThoseBeforeItIsPruned() {
    List<Trial> trials = trials(TrialPolicy.TRIANGULAR, 1, 5);
    Pruning pruning = new Pruning(trials);
    pruning.ended(trials.get(0), epochs(0.1, 0.5));
    pruning.ended(trials.get(1), epochs(0.1, 0.6, 0.9, 0.9));
    pruning.ended(trials.get(2), epochs(0.1, 0.9));

    assertThat(pruning.reason(trials.get(3), epochs(0, 0.6))).isEmpty();
    assertThat(pruning.reason(trials.get(3), epochs(0, 0.599)))
        .hasValue(
            "it was pruned after epoch 2, where its cycle ended with accuracy 0.5990, worse than"
                + " the median of the 3 trials before it there, 0.6000");
    pruning.ended(trials.get(3), epochs(0, 0.7));
    assertThat(pruning.reason(trials.get(4), epochs(0, 0.64)).orElseThrow())
        .endsWith("the 4 trials before it there, 0.6500");
    assertThat(pruning.reason(trials.get(4), epochs(0, 0.65))).isEmpty();
  }

  private static List<TrialEpoch> errors(double... errors) {
    List<TrialEpoch> epochs = new ArrayList<>();
    for (double error : errors) {
      Scores scores = new Scores(List.of(new Scores.Score(Metric.RMSE, error)));
      epochs.add(new TrialEpoch(epochs.size() + 1, 1, null, error * error, 1, scores));
    }
    return epochs;
  }

  /** Less error is better; no number is worse than any. */
  @Test
  void aTrialOfARegressionIsPrunedForItsError() {
    List<Trial> trials = trials(TrialPolicy.TRIANGULAR, 1, 5);
    Pruning pruning = new Pruning(trials);
    pruning.ended(trials.get(0), errors(9, 5));
    pruning.ended(trials.get(1), errors(9, 6));
    pruning.ended(trials.get(2), errors(9, Double.NaN));

    assertThat(pruning.reason(trials.get(3), errors(9, 5.5))).isEmpty();
    assertThat(pruning.reason(trials.get(3), errors(9, 6))).isEmpty();
    assertThat(pruning.reason(trials.get(3), errors(9, Double.NaN))).isPresent();
    assertThat(pruning.reason(trials.get(3), errors(9, 6.25)))
        .hasValue(
            "it was pruned after epoch 2, where its cycle ended with rmse 6.2500, worse than the"
                + " median of the 3 trials before it there, 6.0000");
  }

  @Test
  void trialsAreJudgedAtTheEndsOfCyclesOnlyAndByThreeOthersAtLeast() {
    List<Trial> trials = trials(TrialPolicy.TRIANGULAR, 1, 4);
    Pruning pruning = new Pruning(trials);
    trials.subList(0, 3).forEach(trial -> pruning.ended(trial, epochs(1, 1, 1)));

    assertThat(pruning.reason(trials.get(3), epochs(0))).isEmpty();
    assertThat(pruning.reason(trials.get(3), epochs(0, 0))).isPresent();
    // Of those before it none has come so far.
    assertThat(pruning.reason(trials.get(3), epochs(0, 0, 0, 0))).isEmpty();
    // It is done.
    assertThat(pruning.reason(trials.get(3), epochs(0, 0, 0, 0, 0, 0, 0, 0))).isEmpty();
    assertThat(pruning.reason(trials.get(2), epochs(0, 0))).isEmpty();
  }

  /** A trial that others overtook comes to the same as when it is first. */
  @Test
  void aTrialWaitsForThoseBeforeIt() throws Exception {
    List<Trial> trials = trials(TrialPolicy.TRIANGULAR, 1, 4);
    Pruning pruning = new Pruning(trials);
    pruning.ended(trials.get(0), epochs(0, 0.5));
    pruning.ended(trials.get(1), epochs(0, 0.5));

    CompletableFuture<Optional<String>> last =
        CompletableFuture.supplyAsync(() -> pruning.reason(trials.get(3), epochs(0, 0.4)));
    CompletableFuture<Optional<String>> third =
        CompletableFuture.supplyAsync(() -> pruning.reason(trials.get(2), epochs(0, 0.3)));

    assertThat(third.get(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(last.get(20, TimeUnit.SECONDS).orElseThrow()).endsWith("before it there, 0.5000");
  }

  @Test
  void aTrialThatWaitsEndsWithTheSweep() {
    List<Trial> trials = trials(TrialPolicy.TRIANGULAR, 1, 4);
    Pruning pruning = new Pruning(trials);
    pruning.breakOff();

    assertThatThrownBy(() -> pruning.reason(trials.get(3), epochs(0, 0)))
        .isInstanceOf(SweepBrokenException.class)
        .hasMessageContaining("waited for trial-01");
  }

  @Test
  void aTrialThatWasNotBegunHasWhatItReachedBefore() {
    Trial trial = trial(TrialPolicy.TRIANGULAR, 1);

    TrialOutcome outcome = TrialOutcome.notBegun(trial, Optional.empty(), "too late");

    assertThat(outcome.status()).isEqualTo(TrialStatus.STOPPED);
    assertThat(outcome.steps()).isEmpty();
    assertThat(SweepRows.trial("r", outcome, Optional.empty(), Optional.empty()).error())
        .isEqualTo("too late");
  }
}
