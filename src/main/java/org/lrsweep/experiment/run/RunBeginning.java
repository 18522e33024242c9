package org.lrsweep.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.checkpoint.RunFolder;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.config.ConfigDifference;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.Requirements;
import org.lrsweep.experiment.range.SourceRange;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialStatus;

/**
 * How a run begins: anew, gone on with, or extended; and what it finds of itself in the output
 * then.
 */
final class RunBeginning {
  private static final String COMMAND = "command";
  private static final String SOURCE_RUN = "source run";
  private static final String NONE = "";

  private final Plan plan;
  private final ResultStore store;
  private final RunFolder folder;
  private final String runId;
  private Optional<RunRow> before = Optional.empty();
  private String sourceRun = NONE;
  private Optional<SourceRun> source = Optional.empty();
  private Optional<RunExtension> extension = Optional.empty();
  private Optional<Snapshot> description = Optional.empty();

  RunBeginning(Plan plan, ResultStore store, RunFolder folder, String runId) {
    this.plan = plan;
    this.store = store;
    this.folder = folder;
    this.runId = runId;
  }

  static RefusedException taken(String runId, ResultStore store) {
    return new RefusedException(
        "--run-id " + runId + " exists already in " + store + "; take another one");
  }

  /**
   * Begins a new run.
   *
   * @throws RefusedException if there is one by its id, or the run to take the range from has none
   *     or was another experiment
   */
  void anew(String command, Optional<SourceRun> wanted) {
    if (store.exists(runId)) {
      throw taken(runId, store);
    }
    source = wanted;
    sourceRun = source.map(run -> SourceRange.of(plan, store, run).run().runId()).orElse(NONE);
    description =
        Optional.of(Snapshot.builder().put(COMMAND, command).put(SOURCE_RUN, sourceRun).build());
  }

  /**
   * Goes on with a run that was broken off.
   *
   * @throws RefusedException if it is complete, its folder is gone, or it was another experiment
   */
  void goOn(String command) {
    RunRow row = store.read(Tables.RUNS, runId).get(0);
    if (row.status() == RunStatus.COMPLETED && !hasStoppedTrials()) {
      throw new RefusedException(
          "--resume " + runId + ": this run is complete; start another one, without --resume");
    }
    Snapshot manifest =
        folder
            .description()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "--resume "
                            + runId
                            + ": "
                            + folder
                            + " is gone, so there is nothing to go on from; start another run"));
    if (manifest.has(ExtendedRun.EXTENSION)) {
      throw new RefusedException(
          "--resume "
              + runId
              + ": this run was extended and is not done; go on with the same --extend");
    }
    List<String> differences = new ArrayList<>();
    if (!manifest.text(COMMAND).equals(command)) {
      differences.add("the command: " + manifest.text(COMMAND) + " then, " + command);
    }
    differences.addAll(ConfigDifference.between(row.configJson(), plan.config().json()));
    if (!differences.isEmpty()) {
      throw new RefusedException(
          "--resume "
              + runId
              + ": the experiment has changed, so its results would be of two experiments; take"
              + " it back, or start another run. "
              + String.join("; ", differences));
    }
    sourceRun = manifest.text(SOURCE_RUN);
    before = Optional.of(row);
  }

  /**
   * Extends a finished run.
   *
   * @throws RefusedException if it has not finished, or was extended by others and broken off
   */
  void extend(String command) {
    ExtendedRun run = new ExtendedRun(store, folder, runId);
    extension = Optional.of(run.extension(plan));
    description =
        Optional.of(
            Snapshot.builder()
                .put(COMMAND, command)
                .put(SOURCE_RUN, NONE)
                .put(ExtendedRun.EXTENSION, plan.config().json())
                .build());
    before = Optional.of(run.row());
  }

  /** Writes down how it begins, if that is new; until then a refusal leaves the run as it was. */
  void describe() {
    description.ifPresent(folder::describe);
  }

  /** What it asks of disk and memory: that of the trials that it is known to train. */
  Requirements requirements(String command) {
    return extension
        .map(more -> new Requirements(plan, command, more.left().size()))
        .or(
            () ->
                sourceRun()
                    .map(id -> new SourceRange(plan, store, id).trialRanges())
                    .map(ranges -> Requirements.ofSweep(plan, ranges)))
        .orElseGet(() -> new Requirements(plan, command));
  }

  /** What the run is extended by, if it is. */
  Optional<RunExtension> extension() {
    return extension;
  }

  /** The run as it was broken off; empty if it is a new one. */
  Optional<RunRow> before() {
    return before;
  }

  /** The run that this one takes its range from; empty if from nowhere. */
  Optional<String> sourceRun() {
    return sourceRun.equals(NONE) ? Optional.empty() : Optional.of(sourceRun);
  }

  /** The same as it was asked for; empty for a run that goes on with what it took then. */
  Optional<SourceRun> newSource() {
    return source;
  }

  /** Whether trials were stopped that may still be gone on with. */
  boolean hasStoppedTrials() {
    return store.read(Tables.TRIALS, runId).stream()
        .anyMatch(trial -> trial.status() == TrialStatus.STOPPED);
  }
}
