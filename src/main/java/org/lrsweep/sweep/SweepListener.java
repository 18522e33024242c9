package org.lrsweep.sweep;

import org.lrsweep.results.EpochRow;
import org.lrsweep.results.TrainStepRow;

/** Hears how trials get on. Called from several threads, one a running trial. */
public interface SweepListener {

  /** A trial's round has ended; {@code last} is its last step. */
  default void roundEnded(Trial trial, TrainStepRow last) {}

  /** A trial's epoch was trained and evaluated. */
  default void epochEnded(Trial trial, EpochRow epoch) {}

  /** A trial has ended, well or not. */
  default void trialEnded(TrialOutcome outcome) {}
}
