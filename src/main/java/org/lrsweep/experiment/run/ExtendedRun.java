package org.lrsweep.experiment.run;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.lrsweep.checkpoint.CheckpointException;
import org.lrsweep.checkpoint.CheckpointInterval;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.checkpoint.RunFolder;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.config.ConfigDifference;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.ResultsException;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.storage.OutputFiles;
import org.lrsweep.sweep.Trial;

/**
 * A finished run that is to be extended, as it lies in the output: this looks, and writes nothing.
 */
public final class ExtendedRun {
  /** In a run's manifest the configuration by which it is being extended. */
  static final String EXTENSION = "extension";

  private final ResultStore store;
  private final RunFolder folder;
  private final RunRow row;

  /**
   * @param store with the run's tables
   * @param folder what the run keeps to go on from, if it is there
   */
  ExtendedRun(ResultStore store, RunFolder folder, String runId) {
    this.store = store;
    this.folder = folder;
    row = store.read(Tables.RUNS, runId).get(0);
  }

  /**
   * The run of a choice that is an extension.
   *
   * @throws RefusedException if the output doesn't have it, or a process is at work on it
   */
  public static ExtendedRun of(Plan plan, RunChoice choice) {
    Configuration hadoop = HadoopSettings.configuration();
    String output = plan.config().output();
    try {
      ResultStore store = ResultStore.open(output, hadoop);
      String runId = choice.existing(store).orElseThrow();
      RunFolder folder = new RunFolder(new OutputFiles(output, hadoop), runId);
      if (folder.isHeld()) {
        throw new RefusedException(
            "Another process is at work on run "
                + runId
                + "; wait for its end, or end it and try again");
      }
      return new ExtendedRun(store, folder, runId);
    } catch (ResultsException | CheckpointException e) {
      throw new RefusedException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RefusedException("output: " + e.getMessage(), e);
    }
  }

  /** The run's row, as it finished. */
  public RunRow row() {
    return row;
  }

  /** The output's tables. */
  public ResultStore store() {
    return store;
  }

  /** What is kept of a trial; to be read. */
  public Checkpoints checkpoints(Trial trial) {
    return folder.of(trial.id(), CheckpointInterval.steps(1));
  }

  /**
   * What an experiment extends it by.
   *
   * @throws RefusedException if the run has not finished, was broken off while others extended it,
   *     was another experiment, or has all trials
   */
  public RunExtension extension(Plan plan) {
    if (row.status() != RunStatus.COMPLETED) {
      List<String> differences = ConfigDifference.between(begun(), plan.config().json());
      if (!differences.isEmpty()) {
        throw new RefusedException(
            "--extend "
                + row.runId()
                + ": this run was broken off while it was extended by others; go on with those"
                + " first. "
                + String.join("; ", differences));
      }
    }
    return RunExtension.of(plan, store, row);
  }

  /**
   * Refuses what is seen to be other data or another network than the run had, without Spark.
   *
   * @param datasetSha256 of the data as it is now
   * @throws RefusedException if one is
   */
  public void requireSame(Plan plan, String datasetSha256) {
    ResumeConditions conditions = new ResumeConditions("--extend", row, row);
    conditions.refuseOtherData(datasetSha256);
    conditions.refuseOtherNetwork(plan.networks().sha256().orElse(null));
  }

  /** The configuration of the extension that was broken off. */
  private String begun() {
    return RunReading.orRefused(folder::description)
        .filter(manifest -> manifest.has(EXTENSION))
        .map(manifest -> manifest.text(EXTENSION))
        .orElseThrow(
            () ->
                new RefusedException(
                    "--extend "
                        + row.runId()
                        + ": this run has not finished; go on with it by --resume first"));
  }
}
