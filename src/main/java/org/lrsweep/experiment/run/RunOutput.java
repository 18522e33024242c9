package org.lrsweep.experiment.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.lrsweep.checkpoint.CheckpointException;
import org.lrsweep.checkpoint.CheckpointInterval;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.checkpoint.DamagedCheckpointException;
import org.lrsweep.checkpoint.RunFolder;
import org.lrsweep.checkpoint.RunIsHeldException;
import org.lrsweep.checkpoint.RunLock;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.cluster.DriverPlace;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.config.CheckpointConfig.AfterRun;
import org.lrsweep.config.CheckpointConfig.TrialCheckpoints;
import org.lrsweep.config.ConfigDifference;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.Requirements;
import org.lrsweep.experiment.range.SourceRange;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.experiment.request.SourceRun.OtherExperiment;
import org.lrsweep.experiment.request.StoredRun;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.ResultsException;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.storage.HadoopPath;
import org.lrsweep.storage.OutputFiles;
import org.lrsweep.sweep.Trial;

/**
 * A run's place in the output, which this process holds: its tables, its checkpoints, and what it
 * was when it was broken off, if it was.
 */
public final class RunOutput implements AutoCloseable {
  private static final String COMMAND = "command";
  private static final String SOURCE_RUN = "source run";
  private static final String EXTENSION = "extension";
  private static final String NONE = "";

  private final ExperimentConfig config;
  private final String runId;
  private final ResultStore store;
  private final RunFolder folder;
  private final RunLock lock;
  private Optional<RunRow> before = Optional.empty();
  private String sourceRun = NONE;
  private Optional<SourceRun> source = Optional.empty();
  private Optional<RunExtension> extension = Optional.empty();

  /**
   * What a run is about to do.
   *
   * @param command the command's name
   * @param source the run that a new run takes its range from, if any; a resumed one goes on with
   *     what it took then
   */
  public record Work(String command, Optional<SourceRun> source) {
    public Work(String command) {
      this(command, Optional.empty());
    }
  }

  /**
   * Opens the output and takes the run.
   *
   * @throws RefusedException if the output can't be written or would be lost, another process has
   *     the run, a new run's id is taken, the run to go on with is complete or was another
   *     experiment, the one to extend is not complete, was another or has all trials, or the run to
   *     take the range from has none or was another experiment
   */
  public static RunOutput open(Plan plan, RunChoice choice, Work work) {
    ExperimentConfig config = plan.config();
    Configuration hadoop = HadoopSettings.configuration();
    refuseLostOutput(config.output(), new SparkConf());
    try {
      ResultStore store = ResultStore.open(config.output(), hadoop);
      store.checkWritable();
      Optional<String> existing = choice.existing(store);
      String runId = existing.orElseGet(choice::newId);
      if (existing.isEmpty() && store.exists(runId)) {
        throw taken(runId, store);
      }
      OutputFiles files = new OutputFiles(config.output(), hadoop);
      refuseFullOutput(
          new Requirements(plan).outputBytes(work.command(), Plan.CLASSES), store, files);
      RunFolder folder = new RunFolder(files, runId);
      RunOutput output = new RunOutput(config, runId, store, folder, folder.lock());
      try {
        folder.forgetStop(); // asked of the process before
        if (choice.isExtension()) {
          output.extend(plan, work);
        } else if (existing.isPresent()) {
          output.goOn(work);
        } else {
          output.begin(plan, work);
        }
        return output;
      } catch (RuntimeException e) {
        output.close();
        throw e;
      }
    } catch (RunIsHeldException e) {
      throw new RefusedException(
          "Another process is at work on this run ("
              + e.getMessage()
              + "); wait for its end, or end it and try again",
          e);
    } catch (ResultsException
        | CheckpointException
        | DamagedCheckpointException
        | IllegalArgumentException e) {
      throw new RefusedException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RefusedException("output: " + e.getMessage(), e);
    }
  }

  private RunOutput(
      ExperimentConfig config, String runId, ResultStore store, RunFolder folder, RunLock lock) {
    this.config = config;
    this.runId = runId;
    this.store = store;
    this.folder = folder;
    this.lock = lock;
  }

  private static RefusedException taken(String runId, ResultStore store) {
    return new RefusedException(
        "--run-id " + runId + " exists already in " + store + "; take another one");
  }

  static void refuseLostOutput(String output, SparkConf conf) {
    if (HadoopPath.isLocal(output) && DriverPlace.of(conf).loses(output)) {
      throw new RefusedException(
          "output "
              + output
              + " is a folder of the driver, which runs on the cluster, and would be lost with it;"
              + " set output to a URI, as hdfs:///runs, or submit with --deploy-mode client");
    }
  }

  private static void refuseFullOutput(long needed, ResultStore store, OutputFiles files)
      throws IOException {
    long left = files.remaining();
    if (left < needed) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "output %s has %d MB left and this run needs %d MB at least; free some, or set output"
                  + " to another place",
              store,
              left >> 20,
              (needed >> 20) + 1));
    }
  }

  private void begin(Plan plan, Work work) {
    if (store.exists(runId)) {
      throw taken(runId, store);
    }
    source = work.source();
    sourceRun = source.map(run -> findSource(plan, run)).orElse(NONE);
    folder.describe(
        Snapshot.builder().put(COMMAND, work.command()).put(SOURCE_RUN, sourceRun).build());
  }

  private String findSource(Plan plan, SourceRun wanted) {
    String found = StoredRun.id(store, wanted.runId());
    SourceRange range = new SourceRange(plan, store, found);
    if (range.ranges().isEmpty()) {
      throw new RefusedException(
          "--from-run " + wanted.runId() + ": this run of " + store + " has chosen no range");
    }
    if (wanted.other() == OtherExperiment.REFUSED) {
      range.refuse(range.differences());
    }
    return found;
  }

  private void goOn(Work work) {
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
    if (manifest.has(EXTENSION)) {
      throw new RefusedException(
          "--resume "
              + runId
              + ": this run was extended and is not done; go on with the same --extend");
    }
    List<String> differences = new ArrayList<>();
    if (!manifest.text(COMMAND).equals(work.command())) {
      differences.add("the command: " + manifest.text(COMMAND) + " then, " + work.command());
    }
    differences.addAll(ConfigDifference.between(row.configJson(), config.json()));
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

  private void extend(Plan plan, Work work) {
    RunRow row = store.read(Tables.RUNS, runId).get(0);
    if (row.status() != RunStatus.COMPLETED) {
      String begun =
          folder
              .description()
              .filter(manifest -> manifest.has(EXTENSION))
              .map(manifest -> manifest.text(EXTENSION))
              .orElseThrow(
                  () ->
                      new RefusedException(
                          "--extend "
                              + runId
                              + ": this run has not finished; go on with it by --resume first"));
      List<String> differences = ConfigDifference.between(begun, config.json());
      if (!differences.isEmpty()) {
        throw new RefusedException(
            "--extend "
                + runId
                + ": this run was broken off while it was extended by others; go on with those"
                + " first. "
                + String.join("; ", differences));
      }
    }
    extension = Optional.of(RunExtension.of(plan, store, row));
    folder.describe(
        Snapshot.builder()
            .put(COMMAND, work.command())
            .put(SOURCE_RUN, NONE)
            .put(EXTENSION, config.json())
            .build());
    before = Optional.of(row);
  }

  /** What the run is extended by, if it is. */
  public Optional<RunExtension> extension() {
    return extension;
  }

  /** The run's id. */
  public String runId() {
    return runId;
  }

  /** The output's tables. */
  public ResultStore store() {
    return store;
  }

  /** Whether someone asks this process to stop. */
  public boolean isAskedToStop() {
    return folder.isAskedToStop();
  }

  /** The run as it was broken off; empty if it is a new one. */
  public Optional<RunRow> before() {
    return before;
  }

  /** The run that this one takes its range from; empty if from nowhere. */
  public Optional<String> sourceRun() {
    return sourceRun.equals(NONE) ? Optional.empty() : Optional.of(sourceRun);
  }

  /** The same as it was asked for; empty for a run that goes on with what it took then. */
  Optional<SourceRun> newSource() {
    return source;
  }

  /** Those of a range test, {@code repeat >= 0}. */
  public Checkpoints finderCheckpoints(int repeat) {
    return folder.of(
        repeat == 0 ? "finder" : "finder-" + repeat,
        CheckpointInterval.steps(config.checkpoint().finderSteps()));
  }

  /** Those of a trial, as often as the configuration says. */
  public Checkpoints trialCheckpoints(Trial trial) {
    TrialCheckpoints kept = config.checkpoint().trials();
    CheckpointInterval interval =
        switch (kept.after()) {
          case ROUND -> CheckpointInterval.steps(1);
          case EPOCH -> CheckpointInterval.steps(trial.stepsPerEpoch());
          case TIME -> CheckpointInterval.time(kept.time());
        };
    return folder.of(trial.id(), interval);
  }

  /** Deletes the checkpoints of a trial that is recorded, unless they are to be kept. */
  public void forgetTrial(String trialId) {
    if (config.checkpoint().keep() == AfterRun.DELETE) {
      folder.forget(trialId);
    }
  }

  /** Lets go of the run; deletes what it kept to go on from, if there is nothing left to do. */
  @Override
  public void close() {
    try {
      Optional<RunRow> now = store.read(Tables.RUNS, runId).stream().findFirst();
      boolean complete = now.isPresent() && now.get().status() == RunStatus.COMPLETED;
      boolean isDone = complete && config.checkpoint().keep() == AfterRun.DELETE;
      if (now.isEmpty() || (isDone && !hasStoppedTrials())) {
        folder.delete(lock);
      }
    } finally {
      lock.close();
    }
  }

  private boolean hasStoppedTrials() {
    return store.read(Tables.TRIALS, runId).stream()
        .anyMatch(trial -> trial.status() == TrialStatus.STOPPED);
  }

  /** Lets go of the run, to be gone on with. */
  public void release() {
    lock.close();
  }
}
