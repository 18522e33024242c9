package org.lrsweep.experiment.phases;

import java.util.List;
import java.util.Optional;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.experiment.run.RunExtension;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.network.TrainingState;
import org.lrsweep.network.load.NetworkLoader;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.sweep.FinishedTrial;
import org.lrsweep.sweep.Trial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished trials of a run, to be trained longer, as their tables and networks have them: what
 * is there when their checkpoints were deleted with the run's end. Thread-safe.
 */
final class KeptTrials {
  private static final Logger LOG = LoggerFactory.getLogger(KeptTrials.class);

  private final Session session;
  private final RunExtension extension;
  private final List<TrainStepRow> steps;
  private final List<EpochRow> epochs;
  private final List<ConfusionRow> confusion;

  KeptTrials(Session session, RunExtension extension) {
    this.session = session;
    this.extension = extension;
    boolean isAnyLonger =
        extension.trials().stream().anyMatch(trial -> extension.shorter(trial).isPresent());
    ResultStore store = session.store();
    String runId = session.runId();
    steps = isAnyLonger ? store.read(Tables.TRAIN_STEPS, runId) : List.of();
    epochs = isAnyLonger ? store.read(Tables.EPOCHS, runId) : List.of();
    confusion = isAnyLonger ? store.read(Tables.CONFUSION, runId) : List.of();
  }

  /** What a trial can go on from; empty if it is new, or not enough of it was kept. */
  Optional<Snapshot> checkpoint(Trial trial) {
    Optional<TrialRow> row = extension.shorter(trial);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Optional<Snapshot> kept =
        session.plan().sweep().weights().hasAny() ? Optional.empty() : checkpoint(trial, row.get());
    if (kept.isEmpty()) {
      session
          .console()
          .notice(
              trial.id()
                  + " is trained from its start, which leads to the same results: what it kept is"
                  + " not enough to go on from; checkpoint.keep = true keeps it all.");
    }
    return kept;
  }

  private Optional<Snapshot> checkpoint(Trial trial, TrialRow row) {
    if (row.modelPath() == null || row.bestModelPath() == null) {
      return Optional.empty();
    }
    FinishedTrial finished;
    try {
      finished = finished(row);
    } catch (IllegalArgumentException e) {
      LOG.warn("What {} kept can't be read", row.trialId(), e);
      return Optional.empty();
    }
    return finished.checkpoint(trial, session.plan().config().sweep().divergenceFactor());
  }

  private FinishedTrial finished(TrialRow row) {
    String id = row.trialId();
    TrainingState last = state(row.modelPath());
    TrainingState best =
        row.bestModelPath().equals(row.modelPath()) ? last : state(row.bestModelPath());
    return new FinishedTrial(
        steps.stream().filter(step -> step.trialId().equals(id)).toList(),
        epochs.stream().filter(epoch -> epoch.trialId().equals(id)).toList(),
        confusion.stream().filter(cell -> cell.trialId().equals(id)).toList(),
        last,
        best);
  }

  private static TrainingState state(String path) {
    return new NetworkLoader(HadoopSettings.configuration()).load(path).state().orElseThrow();
  }
}
