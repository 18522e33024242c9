package org.lrsweep.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialOutcome;

/** A line for each epoch and for each trial that ends badly. Thread-safe. */
final class SweepProgress implements SweepListener {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

  private final PrintWriter out;
  private final Map<String, Long> lastLines = new HashMap<>();

  SweepProgress(PrintWriter out) {
    this.out = out;
  }

  /** A line every so often, for epochs that take long. */
  @Override
  public synchronized void roundEnded(Trial trial, TrainStepRow last) {
    long now = System.nanoTime();
    Long previous = lastLines.putIfAbsent(trial.id(), now);
    if (previous != null && now - previous > BETWEEN_LINES.toNanos()) {
      lastLines.put(trial.id(), now);
      out.printf(
          "  %s: epoch %d of %d, step %d, LR %.3g, loss %.4f%n",
          trial.id(), last.epoch(), trial.epochs(), last.step(), last.lr(), last.loss());
      out.flush();
    }
  }

  @Override
  public synchronized void epochEnded(Trial trial, EpochRow epoch) {
    lastLines.put(trial.id(), System.nanoTime());
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
