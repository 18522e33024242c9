package org.lrsweep.report;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;

/** What report.js reads: a run as one JSON object. */
final class PageData {
  /** Points of the learning rate by step: of all trials together, and of one. */
  private static final int RATE_POINTS = 30_000;

  private static final int RATE_POINTS_OF_A_TRIAL = 2_000;

  /** Points of the loss by step are fewer, so that noisy lines of many trials can be told apart. */
  private static final int LOSS_POINTS = 6_000;

  private static final int LOSS_POINTS_OF_A_TRIAL = 1_000;
  private static final int FEWEST_LOSS_POINTS = 200;

  /** Above so many classes a confusion matrix is no longer readable. */
  private static final int MOST_CLASSES = 100;

  private final RunData data;

  private PageData(RunData data) {
    this.data = data;
  }

  static String of(RunData data) {
    PageData page = new PageData(data);
    return Json.object(page::addTo);
  }

  private void addTo(Json json) throws IOException {
    RunRow run = data.run();
    json.object("run", this::addRun);
    json.string("configuration", run.configJson());
    json.table("facts", facts());
    addFinder(json);
    json.objects("suggestions", data.suggestions(), PageData::suggestion);
    List<Integer> ranks = new ArrayList<>();

    for (int rank = 1; rank <= data.trials().size(); rank++) {
      ranks.add(rank);
    }

    json.objects("trials", ranks, rank -> trial -> addTrial(trial, rank));
  }

  private void addRun(Json json) throws IOException {
    RunRow run = data.run();
    json.string("runId", run.runId());
    json.string("status", run.status().name());
    json.string("startedAt", run.startedAt().toString());
    json.number("durationMs", run.finishedAt() == null ? null : duration().toMillis());
    json.string("dataset", run.dataset());
  }

  private Duration duration() {
    return Duration.between(data.run().startedAt(), data.run().finishedAt());
  }

  private List<List<String>> facts() {
    RunRow run = data.run();
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("Run", run.runId()));
    facts.add(List.of("Started", run.startedAt().toString()));

    if (run.finishedAt() != null) {
      facts.add(
          List.of("Ended", run.finishedAt() + " (after " + Numbers.duration(duration()) + ")"));
    }

    facts.add(List.of("LRSweep", run.appVersion()));
    facts.add(List.of("Spark", run.sparkVersion() + " on " + run.master()));
    facts.add(
        List.of(
            "Range test",
            run.workers()
                + (run.workers() == 1 ? " worker with " : " workers, each with ")
                + run.threadsPerWorker()
                + (run.threadsPerWorker() == 1 ? " native thread" : " native threads")));
    facts.add(
        List.of(
            "Data set",
            run.dataset()
                + ", "
                + Numbers.count(run.trainExamples())
                + " training and "
                + Numbers.count(run.testExamples())
                + " test examples"));
    facts.add(List.of("SHA-256", run.datasetSha256()));
    facts.add(List.of("Seed", String.valueOf(run.seed())));
    return facts;
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
          finder.numbers("lr", curve.shown(), FinderStepRow::lr);
          finder.numbers("loss", curve.shown(), FinderStepRow::loss);
          finder.numbers("smoothed", curve.shown(), FinderStepRow::smoothedLoss);
        });
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

  private void addTrial(Json json, int rank) throws IOException {
    TrialRow trial = data.trials().get(rank - 1);
    List<EpochRow> epochs = data.epochsOf(trial);
    json.string("id", trial.trialId());
    json.integer("rank", rank);
    json.string("status", trial.status().name());
    json.string("error", trial.error());
    json.string("policy", trial.policy());
    json.number("stepSizeEpochs", trial.stepSizeEpochs());
    json.number("baseLr", trial.baseLr());
    json.number("maxLr", trial.maxLr());
    json.integer("batchSize", trial.batchSize());
    json.integer("epochCount", trial.epochs());
    json.string("seed", String.valueOf(trial.seed()));
    json.number("bestEpoch", trial.bestEpoch());
    json.number("bestValAccuracy", trial.bestValAccuracy());
    json.number("finalValAccuracy", trial.finalValAccuracy());
    json.number("finalValLoss", trial.finalValLoss());
    json.integer("durationMs", epochs.stream().mapToLong(EpochRow::durationMs).sum());
    json.object("epochs", curves -> addEpochs(curves, epochs));
    json.object("steps", curves -> addSteps(curves, trial));
    json.objects("classes", data.classMetricsOf(trial), PageData::classMetrics);
    addConfusion(json, data.confusionOf(trial));
  }

  private static void addEpochs(Json json, List<EpochRow> epochs) throws IOException {
    json.numbers("epoch", epochs, EpochRow::epoch);
    json.numbers("trainLoss", epochs, EpochRow::trainLoss);
    json.numbers("valLoss", epochs, row -> orNaN(row.valLoss()));
    json.numbers("valAccuracy", epochs, row -> orNaN(row.valAccuracy()));
  }

  private void addSteps(Json json, TrialRow trial) throws IOException {
    List<TrainStepRow> steps = data.stepsOf(trial);
    int trials = data.trials().size();
    ThinnedSteps rates =
        ThinnedSteps.of(steps, Math.max(1, Math.min(RATE_POINTS_OF_A_TRIAL, RATE_POINTS / trials)));
    ThinnedSteps losses =
        ThinnedSteps.of(
            steps,
            Math.max(FEWEST_LOSS_POINTS, Math.min(LOSS_POINTS_OF_A_TRIAL, LOSS_POINTS / trials)));
    json.integer("last", steps.isEmpty() ? 0 : steps.get(steps.size() - 1).step());
    json.numbers("lrStep", rates.points(), ThinnedSteps.Point::step);
    json.numbers("lr", rates.points(), ThinnedSteps.Point::lr);
    json.integer("stride", losses.stride());
    json.numbers("lossStep", losses.points(), ThinnedSteps.Point::step);
    json.numbers("loss", losses.points(), ThinnedSteps.Point::loss);
  }

  private static Json.Consumer classMetrics(ClassMetricsRow row) {
    return json -> {
      json.integer("id", row.classId());
      json.string("name", row.className());
      json.number("precision", row.precision());
      json.number("recall", row.recall());
      json.number("f1", row.f1());
      json.integer("support", row.support());
    };
  }

  private static void addConfusion(Json json, List<ConfusionRow> cells) throws IOException {
    int size =
        cells.stream()
            .mapToInt(cell -> 1 + Math.max(cell.actualClass(), cell.predictedClass()))
            .max()
            .orElse(0);

    if (size == 0 || size > MOST_CLASSES) {
      json.nothing("confusion");
      return;
    }

    long[][] counts = new long[size][size];

    for (ConfusionRow cell : cells) {
      counts[cell.actualClass()][cell.predictedClass()] = cell.count();
    }

    json.matrix("confusion", counts);
  }

  private static double orNaN(Double value) {
    return value == null ? Double.NaN : value;
  }
}
