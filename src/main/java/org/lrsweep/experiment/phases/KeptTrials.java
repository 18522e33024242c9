package org.lrsweep.experiment.phases;

import java.util.List;
import java.util.Optional;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.run.RunExtension;
import org.lrsweep.network.TrainingState;
import org.lrsweep.network.load.NetworkLoader;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.MetricRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Table;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.sweep.FinishedTrial;
import org.lrsweep.sweep.RecordedAnswers;
import org.lrsweep.sweep.Trial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished trials of a run, to be trained longer, as their tables and networks have them: what
 * is there when their checkpoints were deleted with the run's end. Thread-safe.
 */
final class KeptTrials {
  private static final Logger LOG = LoggerFactory.getLogger(KeptTrials.class);

  private final Plan plan;
  private final RunExtension extension;
  private final List<TrainStepRow> steps;
  private final List<EpochRow> epochs;
  private final List<ConfusionRow> confusion;
  private final List<ClassMetricsRow> labels;
  private final List<MetricRow> metrics;

  /**
   * What a trial can go on from.
   *
   * @param snapshot empty if not enough of it was kept
   * @param lack what wasn't kept
   */
  record Kept(Optional<Snapshot> snapshot, String lack) {
    private static Kept without(String lack) {
      return new Kept(Optional.empty(), lack);
    }
  }

  /**
   * @param store with the run's tables
   */
  KeptTrials(Plan plan, ResultStore store, RunExtension extension) {
    this.plan = plan;
    this.extension = extension;
    steps = rows(store, Tables.TRAIN_STEPS);
    epochs = rows(store, Tables.EPOCHS);
    confusion = rows(store, Tables.CONFUSION);
    labels = rows(store, Tables.CLASS_METRICS);
    metrics = rows(store, Tables.METRICS);
  }

  private <R extends Record> List<R> rows(ResultStore store, Table<R> table) {
    Optional<TrialRow> longer =
        extension.trials().stream().flatMap(trial -> extension.shorter(trial).stream()).findAny();
    return longer.map(row -> store.read(table, row.runId())).orElse(List.of());
  }

  /** Of a trial that was completed with fewer epochs; empty if it is none. */
  Optional<Kept> of(Trial trial) {
    return extension.shorter(trial).map(row -> kept(trial, row));
  }

  private Kept kept(Trial trial, TrialRow row) {
    if (plan.sweep().weights().hasAny()) {
      return Kept.without("the weights that it averages or ensembles were not kept");
    }
    if (row.modelPath() == null || row.bestModelPath() == null) {
      return Kept.without("its networks were not kept");
    }
    FinishedTrial finished;
    try {
      finished = finished(row);
    } catch (IllegalArgumentException e) {
      LOG.warn("What {} kept can't be read", row.trialId(), e);
      return Kept.without("its networks can't be read");
    }
    return new Kept(
        finished.checkpoint(trial, plan.config().sweep().divergenceFactor()),
        "its tables have not all of it");
  }

  private FinishedTrial finished(TrialRow row) {
    String id = row.trialId();
    TrainingState last = state(row.modelPath());
    TrainingState best =
        row.bestModelPath().equals(row.modelPath()) ? last : state(row.bestModelPath());
    return new FinishedTrial(
        steps.stream().filter(step -> step.trialId().equals(id)).toList(),
        epochs.stream().filter(epoch -> epoch.trialId().equals(id)).toList(),
        new RecordedAnswers(
            confusion.stream().filter(cell -> cell.trialId().equals(id)).toList(),
            labels.stream().filter(label -> label.trialId().equals(id)).toList(),
            metrics.stream().filter(metric -> metric.trialId().equals(id)).toList()),
        last,
        best);
  }

  private static TrainingState state(String path) {
    return new NetworkLoader(HadoopSettings.configuration()).load(path).state().orElseThrow();
  }
}
