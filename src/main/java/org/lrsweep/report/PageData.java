package org.lrsweep.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.results.FinderConfirmRow;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.WeightsRow;
import org.lrsweep.terminal.Numbers;

/**
 * What report.js reads: a run with all its curves, as one JSON object.
 *
 * @param facts pairs of a name and a text
 * @param trials by rank
 * @param weights of the trials by rank
 * @param confirm the upper bounds that were tried, cycle by cycle
 */
record PageData(
    @JsonUnwrapped RunJson run,
    List<List<String>> facts,
    List<TrialDetails> trials,
    @JsonIgnoreProperties("runId") List<WeightsRow> weights,
    @JsonIgnoreProperties("runId") List<FinderConfirmRow> confirm) {

  static String of(RunData data) {
    return Json.of(
        new PageData(
            RunJson.of(data),
            facts(data),
            data.trials().stream().map(trial -> TrialDetails.of(data, trial)).toList(),
            data.trials().stream().flatMap(trial -> data.weightsOf(trial).stream()).toList(),
            data.confirm()));
  }

  private static List<List<String>> facts(RunData data) {
    RunRow run = data.run();
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("Run", run.runId()));
    if (run.tags() != null) {
      facts.add(List.of("Tags", run.tags().replace(",", ", ")));
    }

    if (run.note() != null) {
      facts.add(List.of("Note", run.note()));
    }

    facts.add(List.of("Started", run.startedAt().toString()));

    if (run.finishedAt() != null) {
      facts.add(
          List.of(
              "Ended",
              run.finishedAt() + " (after " + Numbers.duration(RunJson.duration(run)) + ")"));
    }

    if (run.estimatedSweepMs() != null && run.sweepMs() != null) {
      facts.add(List.of("Time", SweepTime.sentence(run.estimatedSweepMs(), run.sweepMs())));
    }

    if (run.confirmSteps() != null) {
      facts.add(List.of("Confirm", ConfirmCost.sentence(run)));
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
    if (run.precision() != null) {
      facts.add(List.of("Precision", run.precision()));
    }
    facts.add(
        List.of(
            "Data set",
            run.dataset()
                + ", "
                + Numbers.count(run.trainExamples())
                + " training and "
                + Numbers.count(run.testExamples())
                + " test examples"));
    if (run.skippedReasons() != null) {
      facts.add(List.of("Left out", SkippedRows.sentence(run)));
    }
    facts.add(List.of("SHA-256", run.datasetSha256()));
    facts.add(List.of("Seed", String.valueOf(run.seed())));

    if (run.command() != null) {
      facts.add(List.of("Command", run.command()));
    }

    data.best()
        .filter(best -> best.bestModelPath() != null)
        .ifPresent(best -> facts.add(List.of("Best network", bestNetwork(best))));
    return facts;
  }

  private static String bestNetwork(TrialRow best) {
    return best.bestModelPath() + " (" + best.trialId() + ", epoch " + best.bestEpoch() + ")";
  }
}
