package org.lrsweep.experiment.phases;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialStep;
import org.lrsweep.terminal.Bar;
import org.lrsweep.terminal.Console;
import org.lrsweep.terminal.Display;
import org.lrsweep.terminal.Numbers;
import org.lrsweep.terminal.Pace;
import org.lrsweep.terminal.Ticker;
import org.lrsweep.training.RunningStep;

/** How the trying of upper bounds gets on: its steps over all of them, and the time left. */
final class ConfirmProgress implements SweepListener, Display, AutoCloseable {
  private static final int BAR = 24;

  private final long steps;
  private final Map<String, Long> reached = new HashMap<>();
  private final Pace pace = new Pace();
  private final Ticker ticker;

  /**
   * Shows it until it is closed.
   *
   * @param steps how many there are at most
   */
  ConfirmProgress(long steps, Console console) {
    this.steps = steps;
    ticker = console.show(this);
  }

  @Override
  public synchronized void stepRunning(Trial trial, RunningStep step) {
    reached(trial, step.step());
  }

  @Override
  public synchronized void roundEnded(Trial trial, TrialStep last) {
    reached(trial, last.step());
  }

  private void reached(Trial trial, long step) {
    reached.merge(trial.id(), step + 1, Math::max);
    pace.reached(done(), System.nanoTime());
  }

  private long done() {
    return reached.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public synchronized List<String> block(int rows) {
    return List.of("Confirm  [" + Bar.of(done(), steps, BAR) + "]  " + status());
  }

  @Override
  public synchronized List<String> lines() {
    return reached.isEmpty() ? List.of() : List.of("  Confirm: " + status());
  }

  private String status() {
    return "step "
        + Numbers.count(done())
        + " of "
        + Numbers.count(steps)
        + pace.left(steps, System.nanoTime())
            .map(left -> ", at most " + Numbers.duration(left) + " left")
            .orElse("");
  }

  @Override
  public void close() {
    ticker.close();
  }
}
