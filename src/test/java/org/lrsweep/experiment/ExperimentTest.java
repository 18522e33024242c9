package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.command.CommandLines;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.request.RunLabels;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.experiment.request.SourceRun.OtherExperiment;
import org.lrsweep.report.RunList;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Table;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.WeightsRow;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.terminal.Console;
import org.lrsweep.testing.LocalSpark;

/** Experiments from Java, of four steps an epoch. */
@ExtendWith(LocalSpark.class)
class ExperimentTest {
  private static final String SMALL =
      """
      lrsweep {
        data { dataset = generated-garments, train-examples = 256, test-examples = 64 }
        data.augmentation.shift = 0
        model.network = small-cnn
        finder { start-lr = 1.0e-4, epochs = 1 }
        sweep { step-sizes-epochs = [0.5], epochs = 1 }
      }
      """;
  private static final String[] RANGE = {"sweep.base-lrs=[0.001]", "sweep.max-lrs=[0.01]"};

  @TempDir private Path output;

  private Experiment experiment(JavaSparkContext spark, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("output=" + output);
    return Experiment.of(ConfigLoader.load(SMALL, "test", all)).on(spark);
  }

  private ResultStore store() {
    return ResultStore.open(output.toString(), new Configuration());
  }

  @Test
  void aRunLeavesTablesReportAndResult(JavaSparkContext spark) {
    List<String> settings = new ArrayList<>(List.of(RANGE));
    settings.addAll(List.of("sweep.average=ema", "sweep.snapshots=true"));
    ExperimentResult result =
        experiment(spark, settings.toArray(String[]::new)).withRun(RunChoice.named("whole")).run();

    assertThat(result.runId()).isEqualTo("whole");
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.ranges()).containsExactly(new LrRange(0.001, 0.01));
    assertThat(result.bestTrial()).hasValueSatisfying(t -> assertThat(t.maxLr()).isEqualTo(0.01));
    assertThat(result.output()).isEqualTo("file:" + output);
    for (Table<?> table : Tables.all()) {
      // No bound was confirmed, and a classification has but one metric, the accuracy.
      assertThat(store().read(table, "whole").isEmpty())
          .as(table.name())
          .isEqualTo(table == Tables.FINDER_CONFIRM || table == Tables.METRICS);
    }
    assertThat(store().read(Tables.WEIGHTS, "whole"))
        .extracting(WeightsRow::weights)
        .containsExactlyInAnyOrder("last", "best", "ema", "ensemble");
    assertThat(output.resolve("reports/whole/report.html")).isNotEmptyFile();
    assertThat(spark.sc().isStopped()).isFalse();
  }

  @Test
  void aHeldOutFractionOfANamedSetChoosesAndItsTestPartJudges(JavaSparkContext spark) {
    Experiment experiment =
        experiment(spark, "data.validation=0.25", "sweep.base-lrs=[0.001]", "sweep.max-lrs=[0.01]");

    experiment.withRun(RunChoice.named("held-out")).sweep();

    RunRow run = store().read(Tables.RUNS, "held-out").get(0);
    assertThat(run.sweepMs()).isPositive();
    assertThat(run.estimatedSweepMs()).as("without a range test").isNull();
    assertThat(run.trainExamples() + run.testExamples()).isBetween(64L + 188, 64L + 196);
    TrialRow trial = store().read(Tables.TRIALS, "held-out").get(0);
    // 64 test images: a share of them is a multiple of 1/64, one of the 60 to 68 held out isn't.
    assertThat(64 * trial.testMetric()).isEqualTo(Math.rint(64 * trial.testMetric()));
    assertThat(trial.testLoss()).isPositive().isNotEqualTo(trial.finalValLoss());
  }

  @Test
  void aSweepTakesTheRangeOfAnEarlierRunOfTheSameExperimentOnly(JavaSparkContext spark) {
    experiment(spark, RANGE).withRun(RunChoice.named("found")).find();
    StringWriter said = new StringWriter();

    ExperimentResult same = experiment(spark).sweep(SourceRun.of("found"));

    assertThat(same.bestTrial()).hasValueSatisfying(t -> assertThat(t.maxLr()).isEqualTo(0.01));
    Experiment other =
        experiment(spark, "batch-size=32", "optimizer.type=adam", "sweep.epochs=2")
            .printingTo(new PrintWriter(said));
    int runs = store().runs().size();
    assertThatThrownBy(() -> other.sweep(SourceRun.of("found")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "--from-run found: its range was found for another experiment (batch-size: 64 then, 32"
                + " now; optimizer.type: \"momentum\" then, \"adam\" now); find one for this"
                + " experiment, or take it all the same with --allow-other-experiment");
    assertThat(store().runs()).hasSize(runs);
    assertThat(other.sweep(new SourceRun("found", OtherExperiment.TAKEN)).status())
        .isEqualTo(RunStatus.COMPLETED);
    assertThat(said.toString())
        .contains("NOTE: the range was found for another experiment: batch-size: 64 then, 32 now;");
  }

  @Test
  void aRunIsRecordedWithItsCommandAndWhatWasSaidOfIt(JavaSparkContext spark) {
    experiment(spark, RANGE)
        .printingTo(
            () -> Console.plain(new PrintWriter(Writer.nullWriter())),
            CommandLines.after(List.of("find", "--config", "c", "--run-id", "said")))
        .withRun(
            RunChoice.named("said")
                .labelled(new RunLabels(List.of("b", "a"), Optional.of("tried at night"))))
        .find();

    RunRow row = store().read(Tables.RUNS, "said").get(0);
    assertThat(row.command()).endsWith(" find --config c");
    assertThat(row.tags()).isEqualTo("a,b");
    assertThat(row.note()).isEqualTo("tried at night");
    assertThat(row.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(RunList.of(store(), run -> true).lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).endsWith("  tags  note"));
  }

  /** 256 examples in batches of 64: four steps an epoch. */
  @Test
  void aPlanSaysStepsTrialsMemoryAndDiskAndTrainsNothing(JavaSparkContext spark) {
    String plan = experiment(spark, "sweep.epochs=3", "sweep.step-sizes-epochs=[1, 2]").plan("run");

    assertThat(plan.lines())
        .anySatisfy(line -> assertThat(line).endsWith(", 256 training and 64 test examples"))
        .contains(
            "  range test  1 repeat of at most 4 steps, 1 epoch; 2 workers share batches of 64",
            "  sweep       2 trials of 3 epochs of 4 steps, 24 steps in all; 1 worker, batches of"
                + " 64",
            "  slots       up to 2 tasks at the same time, each with spark.task.cpus cores",
            "  time        said after the range test, by its own steps")
        .anySatisfy(line -> assertThat(line).matches("  memory      about \\d+ MB of heap on.*"))
        .anySatisfy(
            line -> assertThat(line).matches("  disk        at least \\d+ MB in " + output));
    assertThat(experiment(spark).plan("find")).doesNotContain("sweep  ", "trial");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void aRunSaysItsPlanAndRecordsHowFarItsEstimateWasOff(JavaSparkContext spark) {
    StringWriter said = new StringWriter();

    experiment(spark, "finder.epochs=20", RANGE[0], RANGE[1])
        .withRun(RunChoice.named("timed"))
        .printingTo(new PrintWriter(said))
        .run();

    assertThat(said.toString().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "Plan: 80 steps of the range test at most, then 1 trial of 1 epoch \\(4"
                            + " steps\\); at least \\d+ MB of disk\\."))
        .anySatisfy(line -> assertThat(line).startsWith("By the steps of the range test it takes"))
        .anySatisfy(
            line -> assertThat(line).matches("  the trials took \\d+ s; \\d+ s were expected.*"));
    assertThat(store().read(Tables.RUNS, "timed").get(0).sweepMs()).isPositive();
  }

  @Test
  void aRangeOfOtherDataIsRefused(JavaSparkContext spark) {
    experiment(spark, RANGE).withRun(RunChoice.named("found")).find();
    RunRow row = store().read(Tables.RUNS, "found").get(0);
    store()
        .commitRun(
            new RunRow(
                row.runId(),
                row.status(),
                row.startedAt(),
                row.finishedAt(),
                row.appVersion(),
                row.sparkVersion(),
                row.master(),
                row.configJson(),
                "other",
                "0a",
                row.trainExamples(),
                row.testExamples(),
                row.seed(),
                row.workers(),
                row.threadsPerWorker()));

    assertThatThrownBy(() -> experiment(spark).sweep(SourceRun.of("found")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "(data set: other then, generated-garments now; data set's SHA-256: 0a then, ");
    assertThatThrownBy(() -> experiment(spark).plan(SourceRun.of("found")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "(data set: other then, generated-garments now; data set's SHA-256: 0a then, ");
    assertThat(experiment(spark).plan(new SourceRun("found", OtherExperiment.TAKEN)).lines())
        .anyMatch(line -> line.matches("  time +not known, since found was another experiment"));
    assertThat(store().runs()).hasSize(1);
  }

  @Test
  void aRangeThatWouldNotBeUsedIsRefused(JavaSparkContext spark) {
    assertThatThrownBy(() -> experiment(spark, RANGE).sweep(SourceRun.of("found")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("--from-run found: its range would not be used, since");
    assertThatThrownBy(() -> experiment(spark).sweep())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("sweep needs a range: give --from-run RUN_ID, or set");
  }

  /** An error is no exception, and leaves no run that seems to be at work. */
  @Test
  void anErrorOfTheJvmIsRecordedAsAFailure(JavaSparkContext spark) {
    Experiment breaking =
        experiment(spark, RANGE)
            .withRun(RunChoice.named("broken"))
            .printingTo(new PrintWriter(new BreaksAt("Sweep: 1 trials"), true));

    assertThatThrownBy(breaking::run).isInstanceOf(OutOfMemoryError.class);

    assertThat(store().runs())
        .singleElement()
        .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.FAILED))
        .satisfies(run -> assertThat(run.finishedAt()).isNotNull());
    assertThat(experiment(spark, RANGE).withRun(RunChoice.resume("broken")).run().status())
        .isEqualTo(RunStatus.COMPLETED);
  }
}
