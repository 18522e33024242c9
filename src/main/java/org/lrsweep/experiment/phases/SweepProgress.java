package org.lrsweep.experiment.phases;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.lrsweep.report.MetricText;
import org.lrsweep.results.Metric;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialEpoch;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.TrialStep;
import org.lrsweep.terminal.Console;
import org.lrsweep.terminal.Display;
import org.lrsweep.terminal.Numbers;
import org.lrsweep.terminal.Pace;
import org.lrsweep.terminal.TextTable;
import org.lrsweep.terminal.Ticker;
import org.lrsweep.training.RunningStep;

/**
 * How a sweep gets on: for each trial its epoch, learning rate, training loss, validation metric
 * and the time left. Hears of running tasks as well as of finished rounds. Thread-safe.
 */
public final class SweepProgress implements SweepListener, Display, AutoCloseable {
  /** The line about the whole sweep, the headings, and the line about what is not shown. */
  private static final int OTHER_ROWS = 3;

  private final Map<String, TrialLine> trials = new LinkedHashMap<>();
  private final PrintWriter chatter;
  private final PrintWriter detail;
  private final LongSupplier clock;
  private final Pace pace = new Pace();
  private final Ticker ticker;

  /** Shows the trials until it is closed. */
  public SweepProgress(List<Trial> trials, Console console) {
    this.chatter = console.chatter();
    this.detail = console.detail();
    clock = System::nanoTime;
    trials.forEach(trial -> this.trials.put(trial.id(), new TrialLine(trial)));
    ticker = console.show(this);
  }

  /** One that is shown by nobody, under a clock of its own. */
  public SweepProgress(List<Trial> trials, PrintWriter out, LongSupplier clock) {
    chatter = out;
    detail = out;
    this.clock = clock;
    trials.forEach(trial -> this.trials.put(trial.id(), new TrialLine(trial)));
    ticker = null;
  }

  @Override
  public synchronized void stepRunning(Trial trial, RunningStep step) {
    reached(trial, step.step(), step.learningRate(), step.meanLoss());
  }

  @Override
  public synchronized void roundEnded(Trial trial, TrialStep last) {
    reached(trial, last.step(), last.lr(), last.loss());
  }

  private void reached(Trial trial, long step, double rate, double loss) {
    long now = clock.getAsLong();
    trials.get(trial.id()).reached(step, rate, loss, now);
    pace.reached(sum(TrialLine::trainedSteps), now);
  }

  @Override
  public synchronized void epochEnded(Trial trial, TrialEpoch epoch) {
    trials.get(trial.id()).epochEnded(epoch);
    detail.printf(
        Locale.ROOT,
        "  %s (%s, step size %s epochs): epoch %d of %d, train loss %s, validation %s %s,"
            + " %.1f s%n",
        trial.id(),
        trial.policy().label(),
        Numbers.plain(trial.stepSizeEpochs()),
        epoch.epoch(),
        trial.epochs(),
        Numbers.loss(epoch.trainLoss()),
        epoch.scores().metric().title(),
        MetricText.of(epoch.scores().metric(), epoch.valMetric()),
        epoch.durationMs() / 1000.0);
    detail.flush();
  }

  @Override
  public synchronized void trialEnded(TrialOutcome outcome) {
    trials.get(outcome.trial().id()).ended(outcome.status());
    outcome
        .error()
        .ifPresent(
            error ->
                chatter.printf(
                    Locale.ROOT,
                    "  %s %s: %s%n",
                    outcome.trial().id(),
                    outcome.status(),
                    TextTable.oneLine(error)));
    chatter.flush();
  }

  @Override
  public synchronized List<String> block(int rows) {
    long now = clock.getAsLong();
    List<String> lines = new ArrayList<>(List.of(whole(now)));
    List<TrialLine> shown = shown(Math.max(1, rows - OTHER_ROWS));
    TextTable table =
        new TextTable("trial", "", ">epoch", ">LR", ">train loss", ">" + metric(), ">time left");
    shown.forEach(trial -> table.add(trial.cells(now)));
    lines.addAll(table.toString().lines().toList());
    if (shown.size() < trials.size()) {
      lines.add("  and " + (trials.size() - shown.size()) + " more, waiting or done");
    }
    return lines.subList(0, Math.min(rows, lines.size()));
  }

  private String metric() {
    return trials.values().stream()
        .flatMap(trial -> trial.scores().stream())
        .findFirst()
        .map(scores -> scores.metric().title())
        .orElse(Metric.ACCURACY.title());
  }

  /** All trials if there is room for them; else the running ones, then those that wait. */
  private List<TrialLine> shown(int room) {
    if (trials.size() <= room + 1) {
      return List.copyOf(trials.values());
    }
    return Stream.of(those(TrialLine::isRunning), those(this::isWaiting))
        .flatMap(List::stream)
        .limit(room)
        .toList();
  }

  private String whole(long now) {
    return "Sweep: "
        + those(TrialLine::isRunning).size()
        + " running, "
        + those(this::isWaiting).size()
        + " waiting, "
        + those(TrialLine::hasEnded).size()
        + " done"
        + pace.left(sum(TrialLine::trainedSteps) + sum(TrialLine::stepsLeft), now)
            .map(left -> "; " + Numbers.duration(left) + " left")
            .orElse("");
  }

  private boolean isWaiting(TrialLine trial) {
    return !trial.isRunning() && !trial.hasEnded();
  }

  private List<TrialLine> those(Predicate<TrialLine> which) {
    return trials.values().stream().filter(which).toList();
  }

  private long sum(ToLongFunction<TrialLine> steps) {
    return trials.values().stream().mapToLong(steps).sum();
  }

  @Override
  public synchronized List<String> lines() {
    long now = clock.getAsLong();
    return those(TrialLine::isRunning).stream().map(trial -> trial.sentence(now)).toList();
  }

  @Override
  public void close() {
    ticker.close();
  }
}
