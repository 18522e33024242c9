package org.lrsweep.sweep;

import org.lrsweep.training.RoundResult;
import org.lrsweep.training.RunningStep;

/** Hears how trials get on. Called from several threads, one a running trial. */
public interface SweepListener {

  /** A worker of a trial's running round has got this far; see {@code SparkEngine}. */
  default void stepRunning(Trial trial, RunningStep step) {}

  /** A trial's round was trained; what it is worth is not known yet. */
  default void roundTrained(Trial trial, RoundResult round) {}

  /** A trial's round has ended; {@code last} is its last step. */
  default void roundEnded(Trial trial, TrialStep last) {}

  /** A trial's epoch was trained and evaluated. */
  default void epochEnded(Trial trial, TrialEpoch epoch) {}

  /** A trial has ended, well or not. */
  default void trialEnded(TrialOutcome outcome) {}

  /** A listener that lets this one hear first, then the other. */
  default SweepListener and(SweepListener other) {
    SweepListener first = this;
    return new SweepListener() {
      @Override
      public void stepRunning(Trial trial, RunningStep step) {
        first.stepRunning(trial, step);
        other.stepRunning(trial, step);
      }

      @Override
      public void roundTrained(Trial trial, RoundResult round) {
        first.roundTrained(trial, round);
        other.roundTrained(trial, round);
      }

      @Override
      public void roundEnded(Trial trial, TrialStep last) {
        first.roundEnded(trial, last);
        other.roundEnded(trial, last);
      }

      @Override
      public void epochEnded(Trial trial, TrialEpoch epoch) {
        first.epochEnded(trial, epoch);
        other.epochEnded(trial, epoch);
      }

      @Override
      public void trialEnded(TrialOutcome outcome) {
        first.trialEnded(outcome);
        other.trialEnded(outcome);
      }
    };
  }
}
