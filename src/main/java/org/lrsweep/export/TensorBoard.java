package org.lrsweep.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;

/**
 * Runs as event files for TensorBoard: {@code <run_id>/finder} and {@code <run_id>/<trial_id>},
 * each with its curves by step, and of each trial its hyper-parameters. No table says when a step
 * was trained, so all events have the time at which their run started.
 */
public final class TensorBoard {
  private static final String FILE = "events.out.tfevents.";

  private final ResultStore store;
  private final RunRow run;
  private final Path folder;

  private TensorBoard(ResultStore store, RunRow run, Path folder) {
    this.store = store;
    this.run = run;
    this.folder = folder;
  }

  /**
   * Writes the event files of a run, in place of those of an earlier export.
   *
   * @param folder TensorBoard's {@code --logdir}, a local folder, which is created if it isn't
   *     there
   * @throws IOException if a file can't be written
   * @throws org.lrsweep.results.ResultsException if a table can't be read
   */
  public static void write(ResultStore store, String runId, Path folder) throws IOException {
    RunRow run = store.read(Tables.RUNS, runId).get(0);
    new TensorBoard(store, run, folder).write();
  }

  private void write() throws IOException {
    Map<Integer, List<FinderStepRow>> tests =
        store.read(Tables.FINDER_STEPS, run.runId()).stream()
            .collect(Collectors.groupingBy(row -> row.repeat() == null ? 0 : row.repeat()));
    for (Map.Entry<Integer, List<FinderStepRow>> test : tests.entrySet()) {
      writeFinder(test.getKey() == 0 ? "finder" : "finder-" + test.getKey(), test.getValue());
    }
    Map<String, List<TrainStepRow>> steps =
        byTrial(store.read(Tables.TRAIN_STEPS, run.runId()), TrainStepRow::trialId);
    Map<String, List<EpochRow>> epochs =
        byTrial(store.read(Tables.EPOCHS, run.runId()), EpochRow::trialId);
    for (TrialRow trial : store.read(Tables.TRIALS, run.runId())) {
      writeTrial(
          trial,
          steps.getOrDefault(trial.trialId(), List.of()),
          epochs.getOrDefault(trial.trialId(), List.of()));
    }
  }

  private static <R> Map<String, List<R>> byTrial(List<R> rows, Function<R, String> trialId) {
    return rows.stream().collect(Collectors.groupingBy(trialId));
  }

  private void writeFinder(String name, List<FinderStepRow> rows) throws IOException {
    try (EventFile file = open(name)) {
      for (FinderStepRow row : rows) {
        file.scalar("finder/learning_rate", row.step(), row.lr());
        file.scalar("finder/loss", row.step(), row.loss());
        file.scalar("finder/smoothed_loss", row.step(), row.smoothedLoss());
        if (row.accuracy() != null) {
          file.scalar("finder/accuracy", row.step(), row.accuracy());
        }
      }
    }
  }

  private void writeTrial(TrialRow trial, List<TrainStepRow> steps, List<EpochRow> epochs)
      throws IOException {
    try (EventFile file = open(trial.trialId())) {
      HyperParameters.write(trial, file);
      for (TrainStepRow row : steps) {
        file.scalar("step/learning_rate", row.step(), row.lr());
        file.scalar("step/loss", row.step(), row.loss());
        if (row.momentum() != null) {
          file.scalar("step/momentum", row.step(), row.momentum());
        }
      }
      Map<Integer, Long> lastSteps =
          steps.stream()
              .collect(Collectors.toMap(TrainStepRow::epoch, TrainStepRow::step, Math::max));
      for (EpochRow row : epochs) {
        long step = lastSteps.getOrDefault(row.epoch(), (long) row.epoch());
        file.scalar("epoch/train_loss", step, row.trainLoss());
        if (row.trainAccuracy() != null) {
          file.scalar("epoch/train_accuracy", step, row.trainAccuracy());
        }
        if (row.valLoss() != null) {
          file.scalar("epoch/val_loss", step, row.valLoss());
        }
        if (row.valAccuracy() != null) {
          file.scalar("epoch/val_accuracy", step, row.valAccuracy());
        }
        if (row.valMetric() != null && Metric.of(row.metric()) != Metric.ACCURACY) {
          file.scalar("epoch/val_" + row.metric(), step, row.valMetric());
        }
      }
    }
  }

  /** One name for each export, so that TensorBoard doesn't read a run twice. */
  private EventFile open(String name) throws IOException {
    Path of = Files.createDirectories(folder.resolve(run.runId()).resolve(name));
    long seconds = run.startedAt().getEpochSecond();
    Path file = of.resolve(FILE + seconds + ".lrsweep");
    return new EventFile(new BufferedOutputStream(Files.newOutputStream(file)), seconds);
  }
}
