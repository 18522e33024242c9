package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.network.Task;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.RunComparison;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Runs of every task, with a test part, that end early and are extended. */
@ExtendWith(LocalSpark.class)
class ExtensionTasksTest {
  private static final String ID = "grown";
  private static final String SMALL =
      """
      lrsweep {
        batch-size = 16
        data { dataset = json, features = [x], label = answer, validation = 0.2, scaling = standardize }
        optimizer.type = adam
        finder { start-lr = 1.0e-4, end-lr = 1.0, epochs = 1 }
        sweep { base-lrs = [0.003], max-lrs = [0.03], step-sizes-epochs = [0.5, 1], epochs = 2 }
        sweep.parallel-trials = 1
      }
      """;

  @TempDir private Path folder;
  private final StringWriter said = new StringWriter();

  private ExperimentResult run(
      JavaSparkContext spark, Task task, String output, RunChoice choice, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("data.task=" + task.key());
    all.add("data.train=" + folder.resolve("train.json"));
    all.add("data.test=" + folder.resolve("test.json"));
    all.add("model.network=" + folder.resolve("mlp.json"));
    all.add("output=" + folder.resolve(output));
    Experiment experiment =
        Experiment.of(ConfigLoader.load(SMALL, "test", all))
            .on(spark)
            .withRun(choice)
            .printingTo(new PrintWriter(said, true));
    return choice.isExtension() ? experiment.sweep() : experiment.run();
  }

  private List<TrialRow> trials(String output) {
    return ResultStore.open(folder.resolve(output).toString(), new Configuration())
        .read(Tables.TRIALS, ID);
  }

  private void prepare(Task task) throws IOException {
    write(task, "train.json", 200, 1);
    write(task, "test.json", 60, 2);
    Activation activation =
        switch (task) {
          case CLASSIFICATION -> Activation.SOFTMAX;
          case MULTI_LABEL -> Activation.SIGMOID;
          case REGRESSION -> Activation.IDENTITY;
        };
    LossFunction loss =
        switch (task) {
          case CLASSIFICATION -> LossFunction.MCXENT;
          case MULTI_LABEL -> LossFunction.XENT;
          case REGRESSION -> LossFunction.MSE;
        };
    Files.writeString(
        folder.resolve("mlp.json"),
        TaskNetworks.mlp(3, task == Task.REGRESSION ? 1 : 2, loss, activation));
  }

  private void write(Task task, String file, int count, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] row = random.doubles(3, -1, 1).toArray();
      String answer =
          switch (task) {
            case CLASSIFICATION -> row[0] > 0 ? "\"up\"" : "\"down\"";
            case MULTI_LABEL -> row[0] > 0 ? "[1, 0]" : row[1] > 0 ? "[0, 1]" : "[1, 1]";
            case REGRESSION -> String.valueOf(row[0] - 2 * row[1]);
          };
      lines.add("{\"x\": %s, \"answer\": %s}".formatted(Arrays.toString(row), answer));
    }
    Files.write(folder.resolve(file), lines);
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void trialsAreStoppedAndTrainedLongerToTheBitsOfARunAskedForAtOnce(
      Task task, JavaSparkContext spark) throws Exception {
    prepare(task);
    run(spark, task, "grown", RunChoice.named(ID), "sweep.time-budget=1 ms");
    assertThat(trials("grown"))
        .hasSize(2)
        .allMatch(trial -> trial.status() == TrialStatus.STOPPED && trial.testMetric() == null);
    run(spark, task, "grown", RunChoice.resume(ID));
    assertThat(trials("grown")).allMatch(trial -> trial.testMetric() != null);

    ExperimentResult extended = run(spark, task, "grown", RunChoice.extend(ID), "sweep.epochs=4");

    assertThat(extended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(said.toString()).doesNotContain("is trained from its start");
    run(spark, task, "at-once", RunChoice.named(ID), "sweep.epochs=4");
    RunComparison.assertSame(folder.resolve("grown"), folder.resolve("at-once"), ID);
  }

  /** A trial that stops again before a step is as it was, with all that its tables said. */
  @ParameterizedTest
  @EnumSource(Task.class)
  void trialsThatStopBeforeTheyAreTrainedLongerLoseNothing(Task task, JavaSparkContext spark)
      throws Exception {
    prepare(task);
    run(spark, task, "grown", RunChoice.named(ID));
    ResultStore store = ResultStore.open(folder.resolve("grown").toString(), new Configuration());
    List<EpochRow> epochs = store.read(Tables.EPOCHS, ID);
    List<ConfusionRow> confusion = store.read(Tables.CONFUSION, ID);
    List<ClassMetricsRow> labels = store.read(Tables.CLASS_METRICS, ID);

    run(spark, task, "grown", RunChoice.extend(ID), "sweep.epochs=4", "sweep.time-budget=1 ms");

    assertThat(trials("grown")).allMatch(trial -> trial.status() == TrialStatus.STOPPED);
    assertThat(store.read(Tables.EPOCHS, ID)).isEqualTo(epochs);
    assertThat(store.read(Tables.CONFUSION, ID)).isEqualTo(confusion);
    assertThat(store.read(Tables.CLASS_METRICS, ID)).isEqualTo(labels);
    assertThat(folder.resolve("grown/checkpoints").resolve(ID).resolve("trial-01"))
        .isNotEmptyDirectory();
    run(spark, task, "grown", RunChoice.extend(ID), "sweep.epochs=4");
    run(spark, task, "at-once", RunChoice.named(ID), "sweep.epochs=4");
    RunComparison.assertSame(folder.resolve("grown"), folder.resolve("at-once"), ID);
  }

  @Test
  void sequencesGoOnFromTheirTablesToo(JavaSparkContext spark) throws Exception {
    for (String file : List.of("train.json", "test.json")) {
      Random random = new Random(file.length());
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        double[][] steps = new double[1 + random.nextInt(4)][];
        Arrays.setAll(steps, t -> random.doubles(2, -1, 1).toArray());
        lines.add(
            "{\"x\": %s, \"answer\": \"%s\"}"
                .formatted(Arrays.deepToString(steps), steps[0][0] > 0 ? "up" : "down"));
      }
      Files.write(folder.resolve(file), lines);
    }
    Files.writeString(folder.resolve("mlp.json"), TaskNetworks.lstm());
    String shape = "data.shape=[2, 4]";
    run(spark, Task.CLASSIFICATION, "grown", RunChoice.named(ID), shape);

    run(spark, Task.CLASSIFICATION, "grown", RunChoice.extend(ID), shape, "sweep.epochs=3");

    assertThat(said.toString()).doesNotContain("is trained from its start");
    run(spark, Task.CLASSIFICATION, "at-once", RunChoice.named(ID), shape, "sweep.epochs=3");
    RunComparison.assertSame(folder.resolve("grown"), folder.resolve("at-once"), ID);
  }

  /** As tables of an older version, or of a process that died. */
  @Test
  void trialsWhoseTablesLackSomethingAreTrainedFromTheirStart(JavaSparkContext spark)
      throws Exception {
    prepare(Task.REGRESSION);
    run(spark, Task.REGRESSION, "grown", RunChoice.named(ID));
    try (Stream<Path> files = Files.walk(folder.resolve("grown/metrics"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }

    run(spark, Task.REGRESSION, "grown", RunChoice.extend(ID), "sweep.epochs=4");

    assertThat(said.toString())
        .contains(
            "trial-01 is trained from its start, which leads to the same results: its tables have"
                + " not all of it; checkpoint.keep = true keeps it all.");
    run(spark, Task.REGRESSION, "at-once", RunChoice.named(ID), "sweep.epochs=4");
    RunComparison.assertSame(folder.resolve("grown"), folder.resolve("at-once"), ID);
  }
}
