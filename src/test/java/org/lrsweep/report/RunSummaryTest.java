package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.SampleRun;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.results.WeightsRow;

class RunSummaryTest {
  private static final NextSteps NEXT =
      new NextSteps() {
        @Override
        public String sweep() {
          return "ours sweep";
        }

        @Override
        public String sweep(String fromRun) {
          return "ours sweep --from-run " + fromRun;
        }

        @Override
        public String compare(List<String> runIds) {
          return "ours report --runs " + String.join(",", runIds);
        }
      };

  @TempDir private Path output;
  private ResultStore store;

  @BeforeEach
  void open() {
    store = ResultStore.open(output.toString(), new Configuration());
  }

  @Test
  void tellsRangeTrialsAndPlaces() {
    store.commitRun(new SampleRun("r1", 1, 1).run());
    store.write(
        Tables.FINDER_SUGGESTIONS,
        "r1",
        List.of(
            new FinderSuggestionRow("r1", "fall", null, 1e-5, 1e-2, "the loss falls there", true),
            new FinderSuggestionRow("r1", "steepest", 2.5e-4, null, null, "steepest fall", false)));
    store.write(
        Tables.TRIALS,
        "r1",
        List.of(
            trial("t1", TrialStatus.COMPLETED, null, 0.9152, 0.91, 0.25),
            trial(
                "t2",
                TrialStatus.DIVERGED,
                "the loss of step 7\u001b[2J is NaN",
                null,
                null,
                null)));
    store.write(
        Tables.EPOCHS, "r1", List.of(new EpochRow("r1", "t1", 1, 1, 0.5, 1.0, 0.5, 61_000)));
    store.write(
        Tables.WEIGHTS,
        "r1",
        List.of(
            new WeightsRow(
                "r1",
                "t1",
                "best",
                1,
                0.24,
                0.9152,
                false,
                "models/r1/t1/best.zip",
                Metric.ACCURACY.label(),
                0.9152),
            new WeightsRow(
                "r1",
                "t1",
                "swa",
                3,
                0.22,
                0.92,
                true,
                "models/r1/t1/swa.zip",
                Metric.ACCURACY.label(),
                0.92)));

    assertThat(RunSummary.of(store, "r1", NEXT))
        .isEqualTo(
            """
            Run r1: COMPLETED, 1 h 28 min, fashion-mnist

            Learning rate range
              1e-5 to 0.01, by fall: the loss falls there
              Other methods say:
                method    answer  why
                steepest  2.5e-4  steepest fall

            Trials, the best first
                 trial  policy      step size  range         status     best accuracy  epoch  final accuracy  final loss       time
              1  t1     triangular     2.5 ep  1e-5 to 0.01  COMPLETED        91.52 %      3         91.00 %      0.2500  1 min 1 s
              2  t2     triangular     2.5 ep  1e-5 to 0.01  DIVERGED               -      -               -           -        0 s
              t2: the loss of step 7 [2J is NaN

            Weights of each trial, averaged and together
              trial  weights  of  accuracy    loss
              t1     best      1   91.52 %  0.2400
              t1     swa       3   92.00 %  0.2200  chosen

            Where it lies
              tables  file:OUTPUT/<table>/run_id=r1
              model   models/r1/t1/best.zip (the best trial's best epoch, 3)
              model   models/r1/t1/swa.zip (better still: the mean of its weights, swa)
              model   models/r1/t1/model.zip (the best trial's last epoch)
              report  file:OUTPUT/reports/r1/report.html

            What next
              Open the report in a browser, or the tables in a notebook (notebooks/).
              Load the best network: ModelSerializer.restoreComputationGraph(file)
            """
                .replace("OUTPUT", output.toString()));
  }

  private static RunRow startedAt(String id, Instant start) {
    return new RunRow(
        id,
        RunStatus.RUNNING,
        start,
        null,
        "0.1.0",
        "3.5.5",
        "local",
        "{}",
        "generated-garments",
        "ab",
        10,
        2,
        1,
        1,
        1);
  }

  private static TrialRow trial(
      String id, TrialStatus status, String error, Double best, Double last, Double loss) {
    return new TrialRow(
        "r1",
        id,
        "triangular",
        2.5,
        25,
        1e-5,
        1e-2,
        64,
        5,
        1,
        status,
        error,
        best == null ? null : 3,
        best,
        last,
        loss,
        best == null ? null : "models/r1/t1/model.zip",
        null,
        best == null ? null : "models/r1/t1/best.zip",
        Metric.ACCURACY.label(),
        best,
        null,
        null);
  }

  @Test
  void tellsTheClassesOfTheBestTrial() {
    new SampleRun("r1", 4, 5).write(store, 2);

    assertThat(RunSummary.of(store, "r1", NEXT))
        .contains("\nClasses of trial-0")
        .containsPattern("\n  class +precision +recall +F1 +examples\n  top  ")
        .containsPattern("\n  ankle boot +\\d\\d.\\d\\d % .* 1,000\n");
  }

  @Test
  void afterAFinderTheNextThingIsTheSweep() {
    SampleRun sample = new SampleRun("r1", 1, 1);
    store.commitRun(sample.run());
    sample.writeFinder(store);

    assertThat(RunSummary.of(store, "r1", NEXT))
        .doesNotContain("Trials")
        .endsWith("\n  ours sweep --from-run r1\n");
  }

  @Test
  void aRunIsComparedWithTheOneBefore() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 1; i <= 3; i++) {
      String id = "r" + i;
      store.commitRun(startedAt(id, start.plusSeconds(i)));
      if (i != 2) {
        new SampleRun(id, 1, 1).writeTrials(store, 1);
      }
    }

    assertThat(RunSummary.of(store, "r3", NEXT))
        .contains("  Compare it with the run before:\n  ours report --runs r1,r3\n");
    assertThat(RunSummary.of(store, "r1", NEXT)).doesNotContain("Compare");
  }

  @Test
  void aConfiguredRangeIsTakenFromNoRun() {
    store.commitRun(new SampleRun("r1", 1, 1).run());
    store.write(
        Tables.FINDER_SUGGESTIONS,
        "r1",
        List.of(new FinderSuggestionRow("r1", "config", null, 1e-5, 1e-2, "named", true)));

    assertThat(RunSummary.of(store, "r1", NEXT)).endsWith("\n  ours sweep\n");
  }

  @Test
  void aFinderWithoutAnAnswerSaysSo() {
    store.commitRun(new SampleRun("r1", 1, 1).run());
    store.write(
        Tables.FINDER_SUGGESTIONS,
        "r1",
        List.of(new FinderSuggestionRow("r1", "fall", null, null, null, "it never falls", false)));

    assertThat(RunSummary.of(store, "r1", NEXT))
        .contains("  none was chosen\n", "    fall    -       it never falls\n")
        .endsWith("\n  ours sweep\n");
  }

  @Test
  void listsTheRunsNewestFirst() {
    RunRow finished = new SampleRun("r1", 4, 5).run();
    new SampleRun("r1", 4, 5).write(store, 2);
    store.commitRun(startedAt("r2", finished.startedAt().plusSeconds(86_400)));

    List<String> lines = RunList.of(store, run -> true).lines().toList();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("  run  status +started +data set +range .*");
    assertThat(lines.get(1))
        .matches("  r2   RUNNING    2026-11-24 09:30  generated-garments  - +0 +-  -");
    assertThat(lines.get(2))
        .matches(
            "  r1   COMPLETED  2026-11-23 09:30  fashion-mnist       1e-5 to 0.01 +2 +\\d\\d.\\d\\d"
                + " %  trial-0\\d");
  }

  @Test
  void anEmptyOutputSaysSo() {
    assertThat(RunList.of(store, run -> true))
        .isEqualTo("There are no runs in file:" + output + ".\n");
    assertThatThrownBy(() -> RunSummary.of(store, "r1", NEXT))
        .isInstanceOf(ReportException.class)
        .hasMessageStartingWith("run \"r1\" is not in output");
  }
}
