package org.lrsweep.experiment.phases;

import java.time.Duration;
import java.util.Optional;
import org.lrsweep.report.MetricText;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.sweep.Scores;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialEpoch;
import org.lrsweep.terminal.Bar;
import org.lrsweep.terminal.Numbers;
import org.lrsweep.terminal.Pace;

/** What is known of a trial while the sweep runs. Not thread-safe. */
final class TrialLine {
  private static final int BAR = 12;

  private final Trial trial;
  private final Pace pace = new Pace();
  private long steps;
  private Double learningRate;
  private Double trainLoss;
  private Optional<Scores> scores = Optional.empty();

  /** Null until it has ended. The outcome itself, with all steps, is not kept. */
  private TrialStatus status;

  TrialLine(Trial trial) {
    this.trial = trial;
  }

  /** Takes note of a step; one that lies before what is known already is old news. */
  void reached(long step, double rate, double loss, long nanos) {
    if (step + 1 > steps) {
      steps = step + 1;
      learningRate = rate;
      trainLoss = loss;
      pace.reached(steps, nanos);
    }
  }

  void epochEnded(TrialEpoch epoch) {
    trainLoss = epoch.trainLoss();
    scores = Optional.ofNullable(epoch.scores());
  }

  void ended(TrialStatus end) {
    status = end;
  }

  /** Those of the last epoch; empty before its end. */
  Optional<Scores> scores() {
    return scores;
  }

  private static String text(Scores scores) {
    return MetricText.of(scores.metric(), scores.value());
  }

  boolean isRunning() {
    return steps > 0 && status == null;
  }

  boolean hasEnded() {
    return status != null;
  }

  /** Steps that were trained since the first that was heard of. */
  long trainedSteps() {
    return pace.done();
  }

  long stepsLeft() {
    return hasEnded() ? 0 : totalSteps() - steps;
  }

  private long totalSteps() {
    return (long) trial.epochs() * trial.stepsPerEpoch();
  }

  private int epoch() {
    return (int) Math.min(trial.epochs(), 1 + Math.max(0, steps - 1) / trial.stepsPerEpoch());
  }

  private Optional<Duration> left(long nanos) {
    return pace.left(totalSteps(), nanos);
  }

  /** Cells under {@link SweepProgress}'s headings. */
  String[] cells(long nanos) {
    return new String[] {
      trial.id(),
      Bar.of(steps, totalSteps(), BAR),
      epoch() + "/" + trial.epochs(),
      Numbers.rate(learningRate),
      Numbers.loss(trainLoss),
      scores.map(TrialLine::text).orElse("-"),
      state(nanos)
    };
  }

  private String state(long nanos) {
    if (hasEnded()) {
      return status == TrialStatus.COMPLETED ? "done" : status.toString();
    }
    return isRunning() ? left(nanos).map(Numbers::duration).orElse("") : "waiting";
  }

  /** One line that makes sense by itself. */
  String sentence(long nanos) {
    return "  "
        + trial.id()
        + ": epoch "
        + epoch()
        + " of "
        + trial.epochs()
        + ", step "
        + steps
        + " of "
        + totalSteps()
        + ", LR "
        + Numbers.rate(learningRate)
        + ", train loss "
        + Numbers.loss(trainLoss)
        + scores
            .map(found -> ", validation " + found.metric().title() + " " + text(found))
            .orElse("")
        + left(nanos).map(left -> ", " + Numbers.duration(left) + " left").orElse("");
  }
}
