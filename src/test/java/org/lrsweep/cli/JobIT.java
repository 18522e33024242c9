package org.lrsweep.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Table;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import picocli.CommandLine;

/** The commands on embedded Spark, on a small part of the generated garments. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobIT {
  private static final String CONF = "conf/quickstart.conf";
  private static final List<String> SMALL =
      List.of(
          "data.dataset=generated-garments",
          "data.train-examples=1024",
          "data.test-examples=300",
          "finder.epochs=8",
          "sweep.epochs=2",
          "sweep.steps-per-round=7");

  @TempDir static Path output;

  private record Execution(int exitCode, String out, String err) {}

  @BeforeAll
  static void embeddedSpark() {
    System.setProperty("spark.master", "local[2,4]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
    System.setProperty("spark.driver.bindAddress", "127.0.0.1");
  }

  private static Execution execute(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = LrSweep.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Execution(command.execute(args), out.toString(), err.toString());
  }

  private static Execution experiment(String command, String runId, String... settings) {
    List<String> args = new ArrayList<>(List.of(command, "--config", CONF, "--run-id", runId));
    Stream.concat(SMALL.stream(), Stream.of(settings))
        .forEach(setting -> args.addAll(List.of("--set", setting)));
    args.addAll(List.of("--set", "output=" + output));
    return execute(args.toArray(String[]::new));
  }

  private static ResultStore store() {
    return ResultStore.open(output.toString(), new Configuration());
  }

  private static <R extends Record> List<R> rows(Table<R> table, String runId) {
    return store().read(table, runId);
  }

  @Test
  @Order(1)
  void aRunFindsARangeSweepsItAndLeavesEverything() {
    Execution run = experiment("run", "whole");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Chosen range").contains("trial-03").contains("whole");
    assertThat(store().runs())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo(RunStatus.COMPLETED);
              assertThat(row.dataset()).isEqualTo("generated-garments");
              assertThat(row.trainExamples()).isEqualTo(1024);
              assertThat(row.threadsPerWorker()).isEqualTo(1);
              assertThat(row.workers()).isEqualTo(2);
            });
    for (Table<?> table : Tables.all()) {
      assertThat(rows(table, "whole")).as(table.name()).isNotEmpty();
    }
    assertThat(rows(Tables.TRIALS, "whole"))
        .hasSize(3)
        .allMatch(trial -> trial.status() == TrialStatus.COMPLETED);
    for (String picture : List.of("lrfind_plot.png", "training_plot.png", "clr_plot.png")) {
      assertThat(output.resolve("reports/whole/" + picture)).isNotEmptyFile();
    }
    assertThat(output.resolve("reports/whole/report.html")).isNotEmptyFile();
  }

  @Test
  @Order(2)
  void theTrialsUseTheRangeThatTheFinderChose() {
    FinderSuggestionRow chosen =
        rows(Tables.FINDER_SUGGESTIONS, "whole").stream()
            .filter(FinderSuggestionRow::selected)
            .findFirst()
            .orElseThrow();

    assertThat(rows(Tables.TRIALS, "whole"))
        .allMatch(t -> t.baseLr() == chosen.minLr() && t.maxLr() == chosen.maxLr());
  }

  @Test
  @Order(2)
  void theFindersLearningRateGrowsByOneRatio() {
    List<FinderStepRow> steps = rows(Tables.FINDER_STEPS, "whole");

    double ratio = Math.pow(1e7, 1.0 / (8 * 16));
    for (int i = 1; i < steps.size(); i++) {
      assertThat(steps.get(i).lr() / steps.get(i - 1).lr()).isCloseTo(ratio, within(1e-9));
    }
  }

  @Test
  @Order(2)
  void aModelZipLoadsInStockDl4jWithTheStateOfTheLastStep() throws Exception {
    TrialRow trial = rows(Tables.TRIALS, "whole").get(0);

    ComputationGraph network =
        ModelSerializer.restoreComputationGraph(
            Path.of(java.net.URI.create(trial.modelPath())).toFile(), true);

    assertThat(network.getConfiguration().toJson()).doesNotContain("org.lrsweep");
    assertThat(network.getConfiguration().getIterationCount()).isEqualTo(2 * 16);
    assertThat(network.getUpdater().getStateViewArray().norm2Number().doubleValue()).isPositive();
  }

  @Test
  @Order(3)
  void theSameSeedGivesTheSameBitsWhetherTrialsRunSideBySideOrInTurn() {
    assertThat(experiment("run", "again", "sweep.parallel-trials=1").exitCode()).isZero();

    for (Table<?> table :
        List.of(
            Tables.FINDER_STEPS,
            Tables.FINDER_CURVE,
            Tables.FINDER_SUGGESTIONS,
            Tables.TRAIN_STEPS,
            Tables.CLASS_METRICS,
            Tables.CONFUSION)) {
      assertThat(output.resolve(table.name() + "/run_id=again/part-00000.parquet"))
          .as(table.name())
          .hasSameBinaryContentAs(
              output.resolve(table.name() + "/run_id=whole/part-00000.parquet"));
    }
    assertThat(rows(Tables.EPOCHS, "again"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("runId", "durationMs")
        .isEqualTo(rows(Tables.EPOCHS, "whole"));
    assertThat(rows(Tables.TRIALS, "again"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("runId", "modelPath")
        .isEqualTo(rows(Tables.TRIALS, "whole"));
  }

  @Test
  @Order(4)
  void aSweepTakesItsRangeFromAnEarlierRun() {
    List<String> args = new ArrayList<>(List.of("sweep", "--config", CONF, "--run-id", "later"));
    SMALL.forEach(setting -> args.addAll(List.of("--set", setting)));
    args.addAll(List.of("--set", "output=" + output, "--from-run", "whole"));

    assertThat(execute(args.toArray(String[]::new)).exitCode()).isZero();

    assertThat(rows(Tables.TRIALS, "later").get(0).maxLr())
        .isEqualTo(rows(Tables.TRIALS, "whole").get(0).maxLr());
    assertThat(rows(Tables.EPOCHS, "later").stream().map(EpochRow::valAccuracy).toList())
        .isEqualTo(rows(Tables.EPOCHS, "whole").stream().map(EpochRow::valAccuracy).toList());
    assertThat(rows(Tables.FINDER_STEPS, "later")).isEmpty();
  }

  @Test
  @Order(5)
  void findStopsAtTheRangeAndReportRebuildsItsPlotFromTheTables() throws Exception {
    assertThat(experiment("find", "found").exitCode()).isZero();
    Path plot = output.resolve("reports/found/lrfind_plot.png");
    byte[] drawn = Files.readAllBytes(plot);
    Files.delete(plot);

    Execution report =
        execute("report", "--config", CONF, "--set", "output=" + output, "--run", "found");

    assertThat(report.exitCode()).isZero();
    assertThat(plot).hasBinaryContent(drawn);
    assertThat(rows(Tables.TRIALS, "found")).isEmpty();
    assertThat(execute("runs", "--output", output.toString()).out())
        .contains("whole", "again", "later", "found");
    assertThat(execute("show", "--output", output.toString(), "whole").out()).contains("trial-01");
  }

  @Test
  @Order(6)
  void aConfiguredRangeWinsOverTheFinders() {
    Execution run =
        experiment(
            "run", "given", "sweep.base-lrs=[0.001]", "sweep.max-lrs=[0.01]", "sweep.epochs=1");

    assertThat(run.exitCode()).isZero();
    assertThat(rows(Tables.TRIALS, "given"))
        .allMatch(trial -> trial.baseLr() == 0.001 && trial.maxLr() == 0.01);
    assertThat(rows(Tables.FINDER_SUGGESTIONS, "given"))
        .filteredOn(FinderSuggestionRow::selected)
        .singleElement()
        .satisfies(row -> assertThat(row.method()).isEqualTo("config"));
  }

  @Test
  @Order(6)
  void theRangesOfSeveralMethodsAreComparedWithAConstantRate() {
    List<String> args = new ArrayList<>(List.of("sweep", "--config", CONF, "--from-run", "whole"));
    args.addAll(List.of("--run-id", "compared", "--set", "output=" + output));
    Stream.concat(
            SMALL.stream(),
            Stream.of(
                "sweep.range-methods=[descent, minimum]",
                "sweep.policies=[triangular, constant]",
                "sweep.step-sizes-epochs=[0.5]",
                "sweep.epochs=1"))
        .forEach(setting -> args.addAll(List.of("--set", setting)));

    Execution run = execute(args.toArray(String[]::new));

    assertThat(run.err()).isEmpty();
    Map<String, FinderSuggestionRow> answers =
        rows(Tables.FINDER_SUGGESTIONS, "whole").stream()
            .collect(toMap(FinderSuggestionRow::method, row -> row));
    double descent = answers.get("descent").maxLr();
    double minimum = answers.get("minimum").lr();
    assertThat(rows(Tables.TRIALS, "compared"))
        .extracting(TrialRow::rangeMethod, TrialRow::policy, TrialRow::baseLr, TrialRow::maxLr)
        .containsExactly(
            tuple("descent", "triangular", answers.get("descent").minLr(), descent),
            tuple("descent", "constant", descent, descent),
            tuple("minimum", "triangular", minimum / 4, minimum),
            tuple("minimum", "constant", minimum, minimum));
    assertThat(run.out()).contains("(minimum)");
  }

  @Test
  @Order(6)
  void repeatsGiveACurveWithASpreadAndARangeWithAnErrorBar() {
    Execution run = experiment("find", "repeated", "finder.repeats=3");

    assertThat(run.err()).isEmpty();
    List<FinderStepRow> steps = rows(Tables.FINDER_STEPS, "repeated");
    assertThat(steps).extracting(FinderStepRow::repeat).containsOnly(0, 1, 2);
    assertThat(steps.stream().filter(step -> step.repeat() == 0).map(FinderStepRow::loss).toList())
        .isEqualTo(rows(Tables.FINDER_STEPS, "whole").stream().map(FinderStepRow::loss).toList());
    assertThat(rows(Tables.FINDER_CURVE, "repeated"))
        .anySatisfy(
            point -> assertThat(point.smoothedLossLow()).isLessThan(point.smoothedLossHigh()));
    assertThat(rows(Tables.FINDER_REPEATS, "repeated"))
        .filteredOn(row -> row.method().equals("descent"))
        .hasSize(3);
    assertThat(run.out())
        .contains("Range test: 3 repeats of 128 steps", "Of the 3 repeats alone, ");
    assertThat(output.resolve("reports/repeated/lrfind_plot.png")).isNotEmptyFile();
  }

  @Test
  @Order(6)
  void smithsFormGrowsLinearlyAndReadsTheAccuracies() {
    Execution run =
        experiment(
            "find",
            "smith",
            "finder.growth=linear",
            "finder.start-lr=1.0e-4",
            "finder.end-lr=3",
            "finder.method=smith");

    List<FinderStepRow> steps = rows(Tables.FINDER_STEPS, "smith");
    for (int i = 1; i < steps.size(); i++) {
      assertThat(steps.get(i).lr() - steps.get(i - 1).lr())
          .isCloseTo((3 - 1e-4) / 128, within(1e-12));
    }
    assertThat(steps)
        .allSatisfy(step -> assertThat(step.accuracy()).isBetween(0.0, 1.0))
        .anySatisfy(step -> assertThat(step.accuracy()).isGreaterThan(0.3));
    assertThat(run.out()).contains("(smith)", "The accuracy");
  }

  @Test
  @Order(7)
  void aFinderThatNeverFindsIsNoCrash() {
    Execution run = experiment("run", "flat", "finder.end-lr=1.0e-5", "finder.epochs=2");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("No range was found").contains("sweep.base-lrs");
    assertThat(rows(Tables.FINDER_STEPS, "flat")).hasSize(32);
    assertThat(rows(Tables.TRIALS, "flat")).isEmpty();
  }

  @Test
  @Order(8)
  void aSweepOfWhichOneTrialDivergesSucceedsAndSaysSo() {
    Execution run =
        experiment(
            "sweep",
            "partly",
            "sweep.base-lrs=[0.001]",
            "sweep.max-lrs=[0.01, 1.0e30]",
            "sweep.step-sizes-epochs=[1]");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("DIVERGED");
    assertThat(rows(Tables.TRIALS, "partly"))
        .extracting(TrialRow::status)
        .containsExactly(TrialStatus.COMPLETED, TrialStatus.DIVERGED);
  }

  @Test
  @Order(9)
  void whatCannotWorkIsRefusedWithOneSentenceAndExitCode2() {
    long runs = store().runs().size();

    refused("--set finder.end-lr=1e-20", "finder.end-lr must be > finder.start-lr");
    refused("--set finder.end-rl=1", "unknown key 'lrsweep.finder.end-rl'");
    refused("--set model.network=resnet", "model.network: network must be one of minigooglenet");
    refused("--set optimizer.type=lion", "optimizer.type: must be one of momentum");
    refused("--set sweep.policies=[saw]", "sweep.policies: policy must be one of triangular");
    refused("--set finder.growth=cubic", "finder.growth: growth must be one of exponential");
    refused("--set finder.repeats=0", "finder.repeats must be >= 1, found 0");
    refused("--set finder.method=guess", "finder.method: ");
    refused("--set sweep.range-methods=[guess]", "sweep.range-methods: ");
    refused("--set data.dataset=imagenet", "data: ");
    refused(
        "--set model.network=minigooglenet --set data.image-size=16",
        "data.image-size: minigooglenet needs images of at least");
    refused("--set batch-size=2048 --set finder.workers=2", "batch-size must be <= the number");
    refused("--set data.train-examples=100000", "train examples must be between 1 and 60000");
    refused("--run-id whole", "--run-id whole exists already");
    refused(
        "--set data.test-examples=1 --set sweep.workers-per-trial=2",
        "sweep.workers-per-trial must be <= the number of test examples (1), found 2");
    refused("--resume whole", "--resume whole: this run is complete");
    refused("--resume nobody", "Run nobody is not in");
    refused("--set sweep.trial-retries=-1", "sweep.trial-retries must be >= 0, found -1");
    refused("--set checkpoint.trials=step", "checkpoint.trials must be round or epoch, found step");
    refused("--set checkpoint.finder-steps=0", "checkpoint.finder-steps must be >= 1, found 0");
    refused("--set finder.workers=3", "finder.workers must be a divisor of batch-size (64)");
    refused(
        "--set sweep.base-lrs=[0.1] --set sweep.max-lrs=[0.01]", "sweep.max-lrs must be > every");
    refused("--set finder.epochs=two", "finder.epochs");
    refused("--run-id Whole!", "run_id must start with a letter");
    refused("--set output=/proc/nothing", "/proc/nothing");
    assertThat(store().runs()).hasSize((int) runs);
    assertThat(execute("run", "--config", "no.conf").err()).contains("--config no.conf");
    assertThat(execute("run", "--config", "no.conf").exitCode()).isEqualTo(2);
    assertThat(execute("run").exitCode()).isEqualTo(2);
  }

  @Test
  @Order(9)
  void aSweepWithoutARangeIsRefusedBeforeAnythingStarts() {
    long runs = store().runs().size();

    Execution none = experiment("sweep", "rangeless");
    Execution unknown =
        execute("sweep", "--config", CONF, "--from-run", "nobody", "--set", "output=" + output);
    Execution flat =
        execute("sweep", "--config", CONF, "--from-run", "flat", "--set", "output=" + output);

    assertThat(List.of(none.exitCode(), unknown.exitCode(), flat.exitCode())).containsOnly(2);
    assertThat(none.err()).contains("sweep needs a range: give --from-run RUN_ID");
    assertThat(unknown.err()).contains("Run nobody is not in");
    assertThat(flat.err()).contains("--from-run flat: this run of");
    assertThat(store().runs()).hasSize((int) runs);
  }

  private static void refused(String options, String sentence) {
    List<String> args = new ArrayList<>(List.of("run", "--config", CONF));
    SMALL.forEach(setting -> args.addAll(List.of("--set", setting)));
    args.addAll(List.of("--set", "output=" + output));
    args.addAll(List.of(options.split(" ")));
    Execution run = execute(args.toArray(String[]::new));

    assertThat(run.exitCode()).as(options).isEqualTo(2);
    assertThat(run.err()).as(options).contains(sentence).hasLineCount(1);
  }

  @Test
  @Order(10)
  void generatedDataIsWrittenAsIdxFiles(@TempDir Path folder) {
    assertThat(execute("data", "--generate", folder.toString()).exitCode()).isZero();

    assertThat(folder.resolve("train-images-idx3-ubyte.gz")).isNotEmptyFile();
    Execution configured =
        execute("data", "--config", CONF, "--set", "data.dataset=generated-garments");
    assertThat(configured.out()).contains("generated-garments: 60000 training and 10000 test");
    assertThat(execute("data").exitCode()).isEqualTo(2);
    // The garments are no Fashion-MNIST, and verifying says so.
    assertThat(execute("data", "--verify", folder.toString()).exitCode()).isEqualTo(2);
  }
}
