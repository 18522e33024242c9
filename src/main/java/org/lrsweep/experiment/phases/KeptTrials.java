package org.lrsweep.experiment.phases;

import java.util.List;
import java.util.Optional;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.run.RunExtension;
import org.lrsweep.network.TrainingState;
import org.lrsweep.network.load.NetworkLoader;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.ResultsException;
import org.lrsweep.results.Table;
import org.lrsweep.results.Tables;
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
  private final ResultStore store;

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
    this.store = store;
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
    } catch (ResultsException e) {
      LOG.warn("The tables of {} can't be read", row.trialId(), e);
      return Kept.without("its tables can't be read");
    }
    return new Kept(
        finished.checkpoint(trial, row, plan.config().sweep().divergenceFactor()),
        "its tables have not all of it");
  }

  private FinishedTrial finished(TrialRow row) {
    TrainingState last = state(row.modelPath());
    TrainingState best =
        row.bestModelPath().equals(row.modelPath()) ? last : state(row.bestModelPath());
    return new FinishedTrial(
        rows(Tables.TRAIN_STEPS, row),
        rows(Tables.EPOCHS, row),
        new RecordedAnswers(
            rows(Tables.CONFUSION, row),
            rows(Tables.CLASS_METRICS, row),
            rows(Tables.METRICS, row)),
        last,
        best);
  }

  private <R extends Record> List<R> rows(Table<R> table, TrialRow trial) {
    return store.readTrial(table, trial.runId(), trial.trialId());
  }

  private static TrainingState state(String path) {
    return new NetworkLoader(HadoopSettings.configuration()).load(path).state().orElseThrow();
  }
}
