package org.lrsweep.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.util.ShutdownHookManager;
import org.lrsweep.network.TrainedNetwork;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Table;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.SweepRows;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialOutcome;

/**
 * The finished trials of a run. Each is recorded as it ends: its model, its rows, and last the row
 * in {@code trials} that makes it count. Thread-safe.
 */
final class TrialRecords implements SweepListener {
  private final Session session;
  private final List<TrainStepRow> steps;
  private final List<EpochRow> epochs;
  private final List<ClassMetricsRow> metrics;
  private final List<ConfusionRow> confusion;
  private final List<TrialRow> trials;

  /**
   * Those that were finished when the run was broken off; none for a new run. If the run had
   * failed, its failed trials are to be tried again.
   */
  TrialRecords(Session session) {
    this.session = session;
    boolean runFailed =
        session.output().before().filter(run -> run.status() == RunStatus.FAILED).isPresent();
    trials = read(Tables.TRIALS);
    boolean someAgain = trials.removeIf(trial -> runFailed && trial.status() == TrialStatus.FAILED);
    Set<String> finished = finished();
    // What has no row in trials was cut off while it was recorded.
    steps = read(Tables.TRAIN_STEPS);
    steps.removeIf(row -> !finished.contains(row.trialId()));
    epochs = read(Tables.EPOCHS);
    epochs.removeIf(row -> !finished.contains(row.trialId()));
    metrics = read(Tables.CLASS_METRICS);
    metrics.removeIf(row -> !finished.contains(row.trialId()));
    confusion = read(Tables.CONFUSION);
    confusion.removeIf(row -> !finished.contains(row.trialId()));
    if (someAgain) {
      write();
    }
  }

  private <R extends Record> List<R> read(Table<R> table) {
    return new ArrayList<>(session.store().read(table, session.runId()));
  }

  /** The ids of the finished trials. */
  synchronized Set<String> finished() {
    Set<String> ids = new HashSet<>();
    trials.forEach(trial -> ids.add(trial.trialId()));
    return ids;
  }

  /** Whether a trial was completed. */
  synchronized boolean hasCompleted() {
    return trials.stream().anyMatch(trial -> trial.status() == TrialStatus.COMPLETED);
  }

  @Override
  public synchronized void trialEnded(TrialOutcome outcome) {
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      return; // Spark is stopping, and no outcome is to be trusted.
    }
    String runId = session.runId();
    Optional<String> model = outcome.state().map(state -> writeModel(outcome.trial(), state));
    steps.addAll(outcome.steps());
    epochs.addAll(outcome.epochs());
    metrics.addAll(SweepRows.classMetrics(runId, outcome, session.dataset().classNames()));
    confusion.addAll(SweepRows.confusion(runId, outcome));
    trials.add(SweepRows.trial(runId, outcome, model));
    write();
    if (outcome.status() != TrialStatus.FAILED) {
      session.output().forgetTrial(outcome.trial().id());
    }
  }

  private void write() {
    String runId = session.runId();
    ResultStore store = session.store();
    store.replace(Tables.TRAIN_STEPS, runId, steps);
    store.replace(Tables.EPOCHS, runId, epochs);
    store.replace(Tables.CLASS_METRICS, runId, metrics);
    store.replace(Tables.CONFUSION, runId, confusion);
    store.replace(Tables.TRIALS, runId, trials);
  }

  private String writeModel(Trial trial, TrainingState state) {
    String path = session.store().modelDirectory(session.runId(), trial.id()) + "/model.zip";
    session
        .store()
        .writeFile(
            path,
            zip ->
                TrainedNetwork.write(
                    session.trialNetworks().network(trial.seed()), state, trial.baseLr(), zip));
    return path;
  }
}
