package org.lrsweep.cli;

import java.io.PrintWriter;
import org.lrsweep.results.EpochRow;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialOutcome;

/** A line for each epoch and each end of a trial. Thread-safe. */
final class SweepProgress implements SweepListener {
  private final PrintWriter out;

  SweepProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void epochEnded(Trial trial, EpochRow epoch) {
    out.printf(
        "  %s (%s, step size %s epochs): epoch %d of %d, train loss %.4f, validation accuracy"
            + " %.2f %%, %.1f s%n",
        trial.id(),
        trial.policy().label(),
        trial.stepSizeEpochs(),
        epoch.epoch(),
        trial.epochs(),
        epoch.trainLoss(),
        100 * epoch.valAccuracy(),
        epoch.durationMs() / 1000.0);
    out.flush();
  }

  @Override
  public synchronized void trialEnded(TrialOutcome outcome) {
    outcome
        .error()
        .ifPresent(
            error -> {
              out.printf("  %s %s: %s%n", outcome.trial().id(), outcome.status(), error);
              out.flush();
            });
  }
}
