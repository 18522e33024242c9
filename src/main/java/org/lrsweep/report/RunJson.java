package org.lrsweep.report;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.TrialRow;

/** What every page says of a run. */
final class RunJson {
  private final RunData data;

  RunJson(RunData data) {
    this.data = data;
  }

  /** Everything but the trials. */
  void addTo(Json json) throws IOException {
    RunRow run = data.run();
    json.string("runId", run.runId());
    json.string("status", run.status().name());
    json.string("startedAt", run.startedAt().toString());
    json.number("durationMs", run.finishedAt() == null ? null : duration(run).toMillis());
    json.string("dataset", run.dataset());
    json.string("datasetSha256", run.datasetSha256());
    json.string("appVersion", run.appVersion());
    json.string("sparkVersion", run.sparkVersion());
    json.string("seed", String.valueOf(run.seed()));
    json.string("configuration", run.configJson());
    addFinder(json);
    json.objects("suggestions", data.suggestions(), RunJson::suggestion);
  }

  /** From start to end of a run that has ended. */
  static Duration duration(RunRow run) {
    return Duration.between(run.startedAt(), run.finishedAt());
  }

  private void addFinder(Json json) throws IOException {
    if (data.finderSteps().isEmpty()) {
      json.nothing("finder");
      return;
    }

    FinderCurve curve = FinderCurve.of(data.finderSteps());
    json.object(
        "finder",
        finder -> {
          finder.string("extent", curve.extent());
          finder.number("lowestLoss", curve.lowestLoss());
          finder.number("highestLoss", curve.highestLoss());
          finder.bool("linear", LrAxis.of(data.finderSteps()).isLinear());
          finder.numbers("lr", curve.shown(), FinderStepRow::lr);
          finder.numbers("loss", curve.shown(), FinderStepRow::loss);
          finder.numbers("smoothed", curve.shown(), FinderStepRow::smoothedLoss);
          addAccuracy(finder, curve);
        });
  }

  private static void addAccuracy(Json json, FinderCurve curve) throws IOException {
    if (curve.hasAccuracy()) {
      json.numbers("accuracy", curve.accuracies());
      json.numbers("meanAccuracy", curve.meanAccuracies());
    } else {
      json.nothing("accuracy");
    }
  }

  private static Json.Consumer suggestion(FinderSuggestionRow row) {
    return json -> {
      json.string("method", row.method());
      json.number("lr", row.lr());
      json.number("minLr", row.minLr());
      json.number("maxLr", row.maxLr());
      json.string("reason", row.reason());
      json.bool("selected", row.selected());
    };
  }

  /** The trials by rank, with their curves by epoch and what a page adds to them. */
  void addTrials(Json json, Details details) throws IOException {
    List<Integer> ranks = IntStream.rangeClosed(1, data.trials().size()).boxed().toList();
    json.objects(
        "trials",
        ranks,
        rank ->
            object -> {
              TrialRow trial = data.trials().get(rank - 1);
              addTrial(object, rank, trial);
              details.addTo(object, trial);
            });
  }

  private void addTrial(Json json, int rank, TrialRow trial) throws IOException {
    List<EpochRow> epochs = data.epochsOf(trial);
    json.string("id", trial.trialId());
    json.integer("rank", rank);
    json.string("status", trial.status().name());
    json.string("error", trial.error());
    json.string("policy", trial.policy());
    json.number("stepSizeEpochs", trial.stepSizeEpochs());
    json.number("baseLr", trial.baseLr());
    json.number("maxLr", trial.maxLr());
    json.string("rangeMethod", trial.rangeMethod());
    json.integer("batchSize", trial.batchSize());
    json.integer("epochCount", trial.epochs());
    json.string("seed", String.valueOf(trial.seed()));
    json.number("bestEpoch", trial.bestEpoch());
    json.number("bestValAccuracy", trial.bestValAccuracy());
    json.number("finalValAccuracy", trial.finalValAccuracy());
    json.number("finalValLoss", trial.finalValLoss());
    json.integer("durationMs", epochs.stream().mapToLong(EpochRow::durationMs).sum());
    json.object("epochs", curves -> addEpochs(curves, epochs));
  }

  private static void addEpochs(Json json, List<EpochRow> epochs) throws IOException {
    json.numbers("epoch", epochs, EpochRow::epoch);
    json.numbers("trainLoss", epochs, EpochRow::trainLoss);
    json.numbers("valLoss", epochs, row -> orNaN(row.valLoss()));
    json.numbers("valAccuracy", epochs, row -> orNaN(row.valAccuracy()));
  }

  private static double orNaN(Double value) {
    return value == null ? Double.NaN : value;
  }

  /** What a page says of a trial beyond the common. */
  @FunctionalInterface
  interface Details {
    void addTo(Json json, TrialRow trial) throws IOException;
  }
}
