package org.lrsweep.experiment.run;

import java.io.IOException;
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
import org.lrsweep.cluster.DriverPlace;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.config.CheckpointConfig.AfterRun;
import org.lrsweep.config.CheckpointConfig.TrialCheckpoints;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.Requirements;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.ResultsException;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.storage.HadoopPath;
import org.lrsweep.storage.OutputFiles;
import org.lrsweep.sweep.Trial;

/**
 * A run's place in the output, which this process holds: its tables, its checkpoints, and what it
 * was when it was broken off, if it was.
 */
public final class RunOutput implements AutoCloseable {
  private final ExperimentConfig config;
  private final String runId;
  private final ResultStore store;
  private final RunFolder folder;
  private final RunLock lock;
  private final RunBeginning beginning;
  private Requirements requirements;

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
        throw RunBeginning.taken(runId, store);
      }
      OutputFiles files = new OutputFiles(config.output(), hadoop);
      RunFolder folder = new RunFolder(files, runId);
      RunOutput output = new RunOutput(plan, runId, store, folder);
      try {
        folder.forgetStop(); // asked of the process before
        if (choice.isExtension()) {
          output.beginning.extend(work.command());
        } else if (existing.isPresent()) {
          output.beginning.goOn(work.command());
        } else {
          output.beginning.anew(work.command(), work.source());
        }
        output.requirements = output.beginning.requirements(work.command());
        refuseFullOutput(output.requirements.outputBytes(Plan.CLASSES), store, files);
        output.beginning.describe();
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

  private RunOutput(Plan plan, String runId, ResultStore store, RunFolder folder) {
    config = plan.config();
    this.runId = runId;
    this.store = store;
    this.folder = folder;
    beginning = new RunBeginning(plan, store, folder, runId);
    lock = folder.lock();
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

  /** What the run is extended by, if it is. */
  public Optional<RunExtension> extension() {
    return beginning.extension();
  }

  /** What the run asks of disk and memory. */
  public Requirements requirements() {
    return requirements;
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
    return beginning.before();
  }

  /** The run that this one takes its range from; empty if from nowhere. */
  public Optional<String> sourceRun() {
    return beginning.sourceRun();
  }

  /** The same as it was asked for; empty for a run that goes on with what it took then. */
  Optional<SourceRun> newSource() {
    return beginning.newSource();
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
      if (now.isEmpty() || (isDone && !beginning.hasStoppedTrials())) {
        folder.delete(lock);
      }
    } finally {
      lock.close();
    }
  }

  /** Lets go of the run, to be gone on with. */
  public void release() {
    lock.close();
  }
}
