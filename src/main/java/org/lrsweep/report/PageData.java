package org.lrsweep.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.terminal.Numbers;

/** What report.js reads: a run with all its curves, as one JSON object. */
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
    RunJson run = new RunJson(data);
    run.addTo(json);
    json.table("facts", facts());
    run.addTrials(json, this::addDetails);
  }

  private List<List<String>> facts() {
    RunRow run = data.run();
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("Run", run.runId()));
    facts.add(List.of("Started", run.startedAt().toString()));

    if (run.finishedAt() != null) {
      facts.add(
          List.of(
              "Ended",
              run.finishedAt() + " (after " + Numbers.duration(RunJson.duration(run)) + ")"));
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
    data.best()
        .filter(best -> best.bestModelPath() != null)
        .ifPresent(best -> facts.add(List.of("Best network", bestNetwork(best))));
    return facts;
  }

  private static String bestNetwork(TrialRow best) {
    return best.bestModelPath() + " (" + best.trialId() + ", epoch " + best.bestEpoch() + ")";
  }

  private void addDetails(Json json, TrialRow trial) throws IOException {
    json.object("steps", curves -> addSteps(curves, trial));
    json.objects("classes", data.classMetricsOf(trial), PageData::classMetrics);
    addConfusion(json, data.confusionOf(trial));
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
}
