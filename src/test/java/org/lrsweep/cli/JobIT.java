package org.lrsweep.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Table;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.testing.Tried;
import org.lrsweep.testing.TriedInput;
import picocli.CommandLine;

/**
 * The commands on embedded Spark, on a small part of the generated garments. All tests may look at
 * one run, {@code whole}; what else they look at they make themselves.
 */
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

  /**
   * Averages, snapshots and confirmed bounds were not asked for; a classification has one metric.
   */
  private static final Set<Table<?>> NONE_HERE =
      Set.of(Tables.WEIGHTS, Tables.FINDER_CONFIRM, Tables.METRICS);

  @TempDir static Path output;
  private static Execution whole;

  private record Execution(int exitCode, String out, String err) {}

  @BeforeAll
  static void runOnEmbeddedSpark() {
    System.setProperty("spark.master", "local[2,4]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
    System.setProperty("spark.driver.bindAddress", "127.0.0.1");
    whole = experiment("run", "whole");
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
  void aRunFindsARangeSweepsItAndLeavesEverything() {
    assertThat(whole.err()).isEmpty();
    assertThat(whole.exitCode()).isZero();
    assertThat(whole.out()).contains("Chosen range").contains("trial-03").contains("whole");
    assertThat(store().runs())
        .filteredOn(row -> row.runId().equals("whole"))
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
      assertThat(rows(table, "whole").isEmpty())
          .as(table.name())
          .isEqualTo(NONE_HERE.contains(table));
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
  void theFindersLearningRateGrowsByOneRatio() {
    List<FinderStepRow> steps = rows(Tables.FINDER_STEPS, "whole");

    double ratio = Math.pow(1e8, 1.0 / (8 * 16));
    for (int i = 1; i < steps.size(); i++) {
      assertThat(steps.get(i).lr() / steps.get(i - 1).lr()).isCloseTo(ratio, within(1e-9));
    }
  }

  @Test
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
  void theSameSeedGivesTheSameBitsWhetherTrialsRunSideBySideOrInTurn() throws Exception {
    assertThat(experiment("run", "again", "sweep.parallel-trials=1").exitCode()).isZero();

    for (Table<?> table :
        List.of(
            Tables.FINDER_STEPS,
            Tables.FINDER_CURVE,
            Tables.FINDER_SUGGESTIONS,
            Tables.TRAIN_STEPS,
            Tables.CLASS_METRICS,
            Tables.CONFUSION)) {
      assertSameFiles(table.name() + "/run_id=again", table.name() + "/run_id=whole");
    }
    assertThat(rows(Tables.EPOCHS, "again"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("runId", "durationMs")
        .isEqualTo(rows(Tables.EPOCHS, "whole"));
    assertThat(rows(Tables.TRIALS, "again"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
            "runId", "modelPath", "bestModelPath")
        .isEqualTo(rows(Tables.TRIALS, "whole"));
  }

  private static void assertSameFiles(String folder, String other) throws IOException {
    List<String> names = names(output.resolve(other));
    assertThat(names(output.resolve(folder))).isNotEmpty().isEqualTo(names);
    for (String name : names) {
      assertThat(output.resolve(folder).resolve(name))
          .hasSameBinaryContentAs(output.resolve(other).resolve(name));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
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
    assertThat(execute("runs", "--output", output.toString()).out()).contains("whole", "found");
    assertThat(execute("show", "--output", output.toString(), "whole").out()).contains("trial-01");
  }

  @Test
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
  void smithsFormGrowsLinearlyAndReadsTheAccuracies() {
    Execution run =
        experiment(
            "find",
            "smith",
            "finder.growth=linear",
            "finder.start-lr=1.0e-4",
            "finder.end-lr=0.3",
            "finder.method=smith");

    List<FinderStepRow> steps = rows(Tables.FINDER_STEPS, "smith");
    for (int i = 1; i < steps.size(); i++) {
      assertThat(steps.get(i).lr() - steps.get(i - 1).lr())
          .isCloseTo((0.3 - 1e-4) / 128, within(1e-12));
    }
    assertThat(steps)
        .allSatisfy(step -> assertThat(step.accuracy()).isBetween(0.0, 1.0))
        .anySatisfy(step -> assertThat(step.accuracy()).isGreaterThan(0.3));
    assertThat(run.out()).contains("(smith)", "The accuracy");
  }

  @Test
  @TriedInput(
      input = "rates so low that the loss never falls",
      gets = "exit code 1 and \"No range was found\"; the curve is kept")
  @TriedInput(
      input = "`sweep --from-run` of a run that found no range",
      gets = "--from-run flat: this run of ...")
  void aFinderThatNeverFindsIsNoCrash() {
    Execution run = experiment("run", "flat", "finder.end-lr=1.0e-5", "finder.epochs=2");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("No range was found").contains("sweep.base-lrs");
    assertThat(rows(Tables.FINDER_STEPS, "flat")).hasSize(32);
    assertThat(rows(Tables.TRIALS, "flat")).isEmpty();

    Execution sweep =
        execute("sweep", "--config", CONF, "--from-run", "flat", "--set", "output=" + output);

    assertThat(sweep.exitCode()).isEqualTo(2);
    assertThat(sweep.err()).contains("--from-run flat: this run of");
  }

  @Test
  @TriedInput(
      input = "`sweep.max-lrs=[0.01, 1.0e30]`",
      gets = "the trial of the second is recorded as DIVERGED, the first is completed")
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

  /** Options of {@code run}, and the sentence that refuses them. */
  static List<Tried> refusedOptions() {
    return List.of(
        new Tried(
            "--set finder.end-lr=1e-20",
            "finder.end-lr must be > finder.start-lr (1.0E-7), found 1.0E-20"),
        new Tried(
            "--set finder.end-rl=1",
            "--set finder.end-rl=1: unknown key 'lrsweep.finder.end-rl'; did you mean"
                + " 'lrsweep.finder.end-lr'?"),
        new Tried(
            "--set model.network=resnet",
            "model.network: network must be one of minigooglenet, ..., found \"resnet\""),
        new Tried(
            "--set optimizer.type=lion",
            "optimizer.type: must be one of momentum, ..., found 'lion'"),
        new Tried(
            "--set sweep.policies=[saw]",
            "sweep.policies: policy must be one of triangular, ..., found saw"),
        new Tried(
            "--set finder.growth=cubic",
            "finder.growth: growth must be one of exponential, linear, found cubic"),
        new Tried("--set finder.repeats=0", "finder.repeats must be >= 1, found 0"),
        new Tried(
            "--set finder.method=guess",
            "finder.method: ... must be one of descent, ..., found guess"),
        new Tried(
            "--set sweep.range-methods=[guess]",
            "sweep.range-methods: ... must be one of descent, ..., found guess"),
        new Tried(
            "--set data.dataset=imagenet",
            "data.dataset = imagenet needs data.train, a path; a set by name is one of auto, ..."),
        new Tried(
            "--set model.network=minigooglenet --set data.image-size=16",
            "data.image-size: minigooglenet needs images of at least 31x31 pixels, found 16x16"),
        new Tried(
            "--set batch-size=2048 --set finder.workers=2",
            "batch-size must be <= the number of training examples (1024), found 2048"),
        new Tried(
            "--set data.train-examples=100000",
            "data: train examples must be between 1 and 60000, the size of generated-garments's"
                + " train set, found 100000"),
        new Tried("--run-id whole", "--run-id whole exists already in ...; take another one"),
        new Tried(
            "--set data.test-examples=1 --set sweep.workers-per-trial=2",
            "sweep.workers-per-trial must be <= the number of test examples (1), found 2"),
        new Tried(
            "--resume whole",
            "--resume whole: this run is complete; start another one, without --resume"),
        new Tried("--resume nobody", "Run nobody is not in ..."),
        new Tried(
            "--plan --resume whole",
            "--plan says what a whole run takes, not what is left of one; leave out --resume, ..."),
        new Tried("--set sweep.trial-retries=-1", "sweep.trial-retries must be >= 0, found -1"),
        new Tried(
            "--set checkpoint.trials=step",
            "checkpoint.trials must be round, epoch or a time with its unit, as 10s or 5 minutes,"
                + " found step"),
        new Tried(
            "--set checkpoint.finder-steps=0", "checkpoint.finder-steps must be >= 1, found 0"),
        new Tried(
            "--set finder.workers=3",
            "finder.workers must be a divisor of batch-size (64), found 3"),
        new Tried(
            "--set sweep.base-lrs=[0.1] --set sweep.max-lrs=[0.01]",
            "sweep.max-lrs must be > every sweep.base-lrs (0.1), found 0.01"),
        new Tried("--set finder.epochs=two", "finder.epochs ..."),
        new Tried("--run-id Whole!", "--run-id Whole!: run_id must start with a letter ..."),
        new Tried(
            "--run-id last",
            "--run-id last: run_id can't be \"last\", since commands call the latest run by it;"
                + " take another one"),
        new Tried(
            "--set output=/proc/nothing",
            "output \"/proc/nothing\" can't be written ...; set output to a place where this user"
                + " may create files"));
  }

  @ParameterizedTest
  @MethodSource("refusedOptions")
  void whatCannotWorkIsRefusedWithOneSentenceAndExitCode2(Tried options) {
    int runs = store().runs().size();
    List<String> args = new ArrayList<>(List.of("run", "--config", CONF));
    SMALL.forEach(setting -> args.addAll(List.of("--set", setting)));
    args.addAll(List.of("--set", "output=" + output));
    args.addAll(List.of(options.input().split(" ")));

    Execution run = execute(args.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).containsSubsequence(options.sentence()).hasLineCount(1);
    assertThat(store().runs()).hasSize(runs);
  }

  @Test
  @TriedInput(input = "`run --config no.conf`, no such file", gets = "--config no.conf ...")
  @TriedInput(input = "`run` without a configuration", gets = "the usage")
  void anExperimentThatIsMissingIsRefused() {
    assertThat(execute("run", "--config", "no.conf").err()).contains("--config no.conf");
    assertThat(execute("run", "--config", "no.conf").exitCode()).isEqualTo(2);
    assertThat(execute("run").exitCode()).isEqualTo(2);
  }

  @Test
  @TriedInput(
      input = "`sweep` without a range and without `--from-run`",
      gets = "sweep needs a range: give --from-run RUN_ID ...")
  @TriedInput(input = "`sweep --from-run nobody`", gets = "Run nobody is not in ...")
  void aSweepWithoutARangeIsRefusedBeforeAnythingStarts() {
    long runs = store().runs().size();

    Execution none = experiment("sweep", "rangeless");
    Execution unknown =
        execute("sweep", "--config", CONF, "--from-run", "nobody", "--set", "output=" + output);

    assertThat(List.of(none.exitCode(), unknown.exitCode())).containsOnly(2);
    assertThat(none.err()).contains("sweep needs a range: give --from-run RUN_ID");
    assertThat(unknown.err()).contains("Run nobody is not in");
    assertThat(store().runs()).hasSize((int) runs);
  }

  @Test
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
