package org.lrsweep.experiment.phases;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lrsweep.cluster.RunMetrics;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.TrialStep;
import org.lrsweep.training.RunningStep;

/** A sweep as gauges of Spark's metrics system. Thread-safe. */
final class SweepGauges implements SweepListener {
  private final RunMetrics metrics;
  private final int trials;
  private final Map<TrialStatus, Integer> ended = new EnumMap<>(TrialStatus.class);
  private final Set<String> running = new HashSet<>();

  /**
   * @param trials that are to be trained
   */
  SweepGauges(RunMetrics metrics, int trials) {
    this.metrics = metrics;
    this.trials = trials;
    tell();
  }

  @Override
  public void stepRunning(Trial trial, RunningStep step) {
    reached(trial, step.step(), step.learningRate(), step.meanLoss());
  }

  @Override
  public void roundEnded(Trial trial, TrialStep last) {
    reached(trial, last.step(), last.lr(), last.loss());
  }

  private synchronized void reached(Trial trial, long step, double rate, double loss) {
    if (running.add(trial.id())) {
      tell();
    }
    metrics.reached(trial.id(), step, rate, loss);
  }

  @Override
  public synchronized void trialEnded(TrialOutcome outcome) {
    running.remove(outcome.trial().id());
    ended.merge(outcome.status(), 1, Integer::sum);
    metrics.ended(outcome.trial().id());
    tell();
  }

  private synchronized void tell() {
    int done = 0;
    for (TrialStatus status : TrialStatus.values()) {
      int count = ended.getOrDefault(status, 0);
      metrics.trials(status.name().toLowerCase(Locale.ROOT), count);
      done += count;
    }
    metrics.trials("running", running.size());
    metrics.trials("waiting", trials - done - running.size());
  }
}
