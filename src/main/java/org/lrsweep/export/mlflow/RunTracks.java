package org.lrsweep.export.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;

/** Rows of the tables as what MLflow is to know of a run and of its trials. */
final class RunTracks {
  private RunTracks() {}

  /**
   * A run with its configuration, and its range tests as curves.
   *
   * @param output where its results lie
   */
  static TrackedRun run(RunRow run, List<FinderStepRow> finder, String output) {
    long start = run.startedAt().toEpochMilli();
    String status =
        switch (run.status()) {
          case RUNNING -> "RUNNING";
          case COMPLETED -> "FINISHED";
          case FAILED -> "FAILED";
        };
    TrackedRun track =
        new TrackedRun(status, run.finishedAt() == null ? start : run.finishedAt().toEpochMilli());
    addLeaves(track, configuration(run), "");
    track.tag("lrsweep.version", run.appVersion());
    track.tag("lrsweep.dataset", run.dataset());
    track.tag("lrsweep.dataset_sha256", run.datasetSha256());
    track.tag("lrsweep.network_sha256", run.networkSha256());
    track.tag("lrsweep.command", run.command());
    track.tag("lrsweep.tags", run.tags());
    track.tag("lrsweep.output", output);
    track.tag("mlflow.note.content", run.note());
    for (FinderStepRow row : finder) {
      String test =
          row.repeat() == null || row.repeat() == 0 ? "finder/" : "finder-" + row.repeat() + "/";
      long millis = start + row.step();
      track.metric(test + "learning_rate", row.lr(), millis, row.step());
      track.metric(test + "loss", row.loss(), millis, row.step());
      track.metric(test + "smoothed_loss", row.smoothedLoss(), millis, row.step());
      track.metric(test + "accuracy", row.accuracy(), millis, row.step());
    }
    return track;
  }

  private static JsonNode configuration(RunRow run) {
    try {
      return new ObjectMapper().readTree(run.configJson());
    } catch (JsonProcessingException e) {
      return MlflowClient.object(); // of nobody's run but a broken one
    }
  }

  private static void addLeaves(TrackedRun track, JsonNode section, String prefix) {
    section
        .fields()
        .forEachRemaining(
            field -> {
              String key = prefix + field.getKey();
              if (field.getValue().isObject()) {
                addLeaves(track, field.getValue(), key + ".");
              } else {
                JsonNode value = field.getValue();
                track.parameter(
                    key.replaceAll("[^\\w./: -]", "_"),
                    value.isTextual() ? value.asText() : value.toString());
              }
            });
  }

  /**
   * A trial with its parameters and curves. What may change when the run is extended is a tag,
   * since MLflow lets no parameter change.
   */
  static TrackedRun trial(
      RunRow run, TrialRow trial, List<TrainStepRow> steps, List<EpochRow> epochs) {
    Times times = new Times(run.startedAt().toEpochMilli(), steps, epochs);
    String status =
        switch (trial.status()) {
          case COMPLETED -> "FINISHED";
          case STOPPED -> "KILLED";
          case DIVERGED, FAILED -> "FAILED";
        };
    TrackedRun track = new TrackedRun(status, times.end());
    track.parameter("policy", trial.policy());
    track.parameter("step_size_epochs", trial.stepSizeEpochs());
    track.parameter("step_size_steps", trial.stepSizeSteps());
    track.parameter("base_lr", trial.baseLr());
    track.parameter("max_lr", trial.maxLr());
    track.parameter("batch_size", trial.batchSize());
    track.parameter("seed", trial.seed());
    track.parameter("range_method", trial.rangeMethod());
    track.tag("lrsweep.status", trial.status());
    track.tag("lrsweep.epochs", trial.epochs());
    track.tag("lrsweep.error", trial.error());
    track.tag("lrsweep.best_epoch", trial.bestEpoch());
    track.tag("lrsweep.model_path", trial.modelPath());
    track.tag("lrsweep.best_model_path", trial.bestModelPath());
    track.metric("best_val_accuracy", trial.bestValAccuracy(), times.end(), trial.epochs());
    boolean isAccurate = trial.rankedBy() == Metric.ACCURACY;
    if (!isAccurate) {
      track.metric("best_val_" + trial.metric(), trial.valMetric(), times.end(), trial.epochs());
    }
    track.metric("test_" + trial.metric(), trial.testMetric(), times.end(), trial.epochs());
    track.metric("test_loss", trial.testLoss(), times.end(), trial.epochs());
    for (TrainStepRow row : steps) {
      long millis = times.of(row.step(), row.epoch());
      track.metric("step/learning_rate", row.lr(), millis, row.step());
      track.metric("step/loss", row.loss(), millis, row.step());
      track.metric("step/momentum", row.momentum(), millis, row.step());
    }
    for (EpochRow row : epochs) {
      long step = times.lastStep(row.epoch());
      long millis = times.of(step, row.epoch());
      track.metric("epoch/train_loss", row.trainLoss(), millis, step);
      track.metric("epoch/train_accuracy", row.trainAccuracy(), millis, step);
      track.metric("epoch/val_loss", row.valLoss(), millis, step);
      track.metric("epoch/val_accuracy", row.valAccuracy(), millis, step);
      if (!isAccurate) {
        track.metric("epoch/val_" + row.metric(), row.valMetric(), millis, step);
      }
    }
    return track;
  }

  /**
   * When steps were, as far as the tables say: as if each trial had begun with its run, and each
   * step of an epoch had taken as long as the others.
   */
  private static final class Times {
    private final Map<Integer, Long> firstSteps = new HashMap<>();
    private final Map<Integer, Long> lastSteps = new HashMap<>();
    private final Map<Integer, Long> begins = new HashMap<>();
    private final Map<Integer, Long> durations = new HashMap<>();
    private final long end;

    Times(long start, List<TrainStepRow> steps, List<EpochRow> epochs) {
      for (TrainStepRow row : steps) {
        firstSteps.merge(row.epoch(), row.step(), Math::min);
        lastSteps.merge(row.epoch(), row.step(), Math::max);
      }
      long now = start;
      for (EpochRow row : epochs) {
        begins.put(row.epoch(), now);
        durations.put(row.epoch(), row.durationMs());
        now += row.durationMs();
      }
      end = now;
    }

    long lastStep(int epoch) {
      return lastSteps.getOrDefault(epoch, (long) epoch);
    }

    long of(long step, int epoch) {
      long first = firstSteps.getOrDefault(epoch, step);
      long count = lastStep(epoch) - first + 1;
      long duration = durations.getOrDefault(epoch, 0L);
      return begins.getOrDefault(epoch, end) + duration * (step - first + 1) / Math.max(1, count);
    }

    long end() {
      return end;
    }
  }
}
