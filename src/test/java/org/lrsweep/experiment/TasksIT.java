package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.experiment.command.ConfigFiles;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.testing.LocalSpark;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Runs of every task, whose test figures scikit-learn computes anew from the predictions. */
@ExtendWith(LocalSpark.class)
class TasksIT {
  private static final String SMALL =
      """
      lrsweep {
        seed = 3
        batch-size = 16
        data { validation = 0.2, scaling = standardize, label = answer }
        optimizer.type = adam
        finder { start-lr = 1.0e-4, end-lr = 1.0, epochs = 1 }
        sweep { step-sizes-epochs = [0.5], epochs = 2, base-lrs = [0.003], max-lrs = [0.03], seeds = [1] }
      }
      """;

  @TempDir private Path folder;

  private Experiment experiment(JavaSparkContext spark, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("output=" + folder.resolve("results"));
    return Experiment.of(ConfigLoader.load(SMALL, "test", all)).on(spark);
  }

  private ResultStore store() {
    return ResultStore.open(folder.resolve("results").toString(), new Configuration());
  }

  private Path network(int inputs, int outputs, LossFunction loss, Activation activation)
      throws IOException {
    return Files.writeString(
        folder.resolve("mlp.json"), TaskNetworks.mlp(inputs, outputs, loss, activation));
  }

  private void table(String name) throws Exception {
    Sklearn.assumeThere();
    Sklearn.run("tables.py", name, folder);
  }

  /** The same table in a format that keeps types, in files of its own. */
  private static void asParquet(Dataset<Row> table, Path path) {
    table.repartition(2).write().parquet(path.toUri().toString());
  }

  private String[] csv(String task, Path network) {
    return new String[] {
      "data.dataset=csv",
      "data.options.header=true",
      "data.options.inferSchema=true",
      "data.train=" + folder.resolve("train.csv"),
      "data.test=" + folder.resolve("test.csv"),
      "data.task=" + task,
      "model.network=" + network
    };
  }

  private File local(String path) {
    return folder.resolve("results").resolve(path.substring(path.indexOf("models/"))).toFile();
  }

  private JsonNode input(TrialRow trial) throws IOException {
    File zip = local(trial.bestModelPath());
    return new ObjectMapper().readTree(new File(zip.getParentFile(), "input.json"));
  }

  /** The outputs of the network that a trial has chosen, for the rows of the test table. */
  private List<float[]> predictions(TrialRow trial, List<double[]> rows) throws IOException {
    JsonNode input = input(trial);
    ComputationGraph network =
        ModelSerializer.restoreComputationGraph(local(trial.bestModelPath()));
    List<float[]> outputs = new ArrayList<>();
    for (double[] row : rows) {
      float[] scaled = new float[row.length];
      for (int i = 0; i < row.length; i++) {
        double less = input.get("subtract").get(i).asDouble();
        scaled[i] = (float) ((row[i] - less) / input.get("divide_by").get(i).asDouble());
      }
      outputs.add(network.outputSingle(Nd4j.create(new float[][] {scaled})).toFloatVector());
    }
    return outputs;
  }

  private List<String[]> testCells() throws IOException {
    return Files.readAllLines(folder.resolve("test.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static List<double[]> features(List<String[]> cells) {
    return cells.stream()
        .map(
            row -> Arrays.stream(row, 0, row.length - 1).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  private Map<String, Double> sklearn(String task, List<String> actual, List<String> predicted)
      throws Exception {
    Path wanted = Files.write(folder.resolve("actual.txt"), actual);
    Path guessed = Files.write(folder.resolve("predicted.txt"), predicted);
    Map<String, Double> metrics = new TreeMap<>();
    for (String line : Sklearn.run("metrics.py", task, wanted, guessed)) {
      String[] found = line.split(" ", 2);
      metrics.put(found[0], Double.valueOf(found[1]));
    }
    return metrics;
  }

  private Map<String, Double> testMetrics(TrialRow trial) {
    Map<String, Double> metrics = new TreeMap<>();
    store().read(Tables.METRICS, trial.runId()).stream()
        .filter(row -> row.trialId().equals(trial.trialId()) && row.part().equals("test"))
        .forEach(row -> metrics.put(row.metric(), row.value()));
    return metrics;
  }

  /** The trials alone, between bounds that the configuration gives. */
  private List<TrialRow> sweep(JavaSparkContext spark, String... settings) {
    return trials(experiment(spark, settings).withRun(RunChoice.named("whole")).sweep());
  }

  private List<TrialRow> trials(ExperimentResult result) {
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    List<TrialRow> trials = store().read(Tables.TRIALS, "whole");
    assertThat(trials).isNotEmpty().allMatch(trial -> trial.error() == null);
    return trials;
  }

  /** A range test and two trials, on the tables as Parquet. */
  @Test
  void aRegressionIsRankedByItsErrorAndJudgedOnTheTestPart(
      JavaSparkContext spark, SparkSession session) throws Exception {
    table("diabetes");
    String[] settings = csv("regression", network(10, 1, LossFunction.MSE, Activation.IDENTITY));
    List<String> parquet = new ArrayList<>(List.of(settings).subList(5, settings.length));
    for (String part : List.of("train", "test")) {
      Path path = folder.resolve(part + ".parquet");
      asParquet(
          session
              .read()
              .option("header", true)
              .option("inferSchema", true)
              .csv(folder.resolve(part + ".csv").toUri().toString()),
          path);
      parquet.add("data." + part + "=" + path);
    }
    parquet.addAll(List.of("data.dataset=parquet", "sweep.seeds=[1, 2]"));

    List<TrialRow> trials =
        trials(
            experiment(spark, parquet.toArray(String[]::new))
                .withRun(RunChoice.named("whole"))
                .run());

    assertThat(trials).hasSize(2);
    List<String[]> cells = testCells();
    for (TrialRow trial : trials) {
      List<float[]> outputs = predictions(trial, features(cells));
      Map<String, Double> expected =
          sklearn(
              "regression",
              cells.stream().map(row -> row[row.length - 1]).toList(),
              outputs.stream().map(row -> String.valueOf(row[0])).toList());
      assertThat(trial.metric()).isEqualTo("rmse");
      assertThat(trial.testMetric()).isCloseTo(expected.get("rmse"), within(1e-3));
      assertThat(trial.testLoss()).isCloseTo(Math.pow(expected.get("rmse"), 2), within(0.5));
      assertThat(testMetrics(trial)).hasSameSizeAs(expected);
      expected.forEach(
          (name, value) -> assertThat(testMetrics(trial).get(name)).isCloseTo(value, within(1e-3)));
      assertThat(trial.bestValAccuracy()).isNull();
      List<EpochRow> epochs =
          store().read(Tables.EPOCHS, "whole").stream()
              .filter(row -> row.trialId().equals(trial.trialId()))
              .toList();
      assertThat(epochs).allMatch(row -> row.trainAccuracy() == null && row.valAccuracy() == null);
      assertThat(trial.valMetric())
          .isEqualTo(epochs.stream().mapToDouble(EpochRow::valMetric).min().orElseThrow());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wine, 13, class_0;class_1;class_2",
    "breast_cancer, 30, benign;malignant",
    "digits, 64, 0;1;2;3;4;5;6;7;8;9"
  })
  void textLabelsOfATableAreClassesJudgedOnTheTestPart(
      String table, int inputs, String names, JavaSparkContext spark) throws Exception {
    table(table);
    int outputs = names.split(";").length;
    List<String> settings =
        new ArrayList<>(
            List.of(
                csv(
                    "classification",
                    network(inputs, outputs, LossFunction.MCXENT, Activation.SOFTMAX))));
    settings.add("batch-size=32");

    List<TrialRow> trials = sweep(spark, settings.toArray(String[]::new));

    List<String[]> cells = testCells();
    List<String> classes = new ArrayList<>();
    input(trials.get(0)).get("classes").forEach(name -> classes.add(name.asText()));
    assertThat(classes)
        .containsExactly(
            Arrays.stream(names.split(";"))
                .map(name -> name + " of " + table)
                .toArray(String[]::new));
    for (TrialRow trial : trials) {
      List<String> predicted =
          predictions(trial, features(cells)).stream()
              .map(row -> String.valueOf(Nd4j.create(row).argMax().getInt(0)))
              .toList();
      Map<String, Double> expected =
          sklearn(
              "classification",
              cells.stream()
                  .map(row -> String.valueOf(classes.indexOf(row[row.length - 1])))
                  .toList(),
              predicted);
      assertThat(trial.metric()).isEqualTo("accuracy");
      assertThat(trial.testMetric()).isEqualTo(expected.get("accuracy"));
      assertThat(trial.valMetric()).isEqualTo(trial.bestValAccuracy());
    }
    assertThat(store().read(Tables.METRICS, "whole")).isEmpty();
  }

  /** The same rows as Parquet, named by their lists of numbers and labels. */
  private String[] parquet(SparkSession session, String task, Path network) {
    for (String part : List.of("train", "test")) {
      asParquet(
          session.read().json(folder.resolve(part + ".json").toUri().toString()),
          folder.resolve(part + ".parquet"));
    }
    return new String[] {
      "data.dataset=parquet",
      "data.features=[x]",
      "data.train=" + folder.resolve("train.parquet"),
      "data.test=" + folder.resolve("test.parquet"),
      "data.task=" + task,
      "model.network=" + network
    };
  }

  private String[] json(String task, Path network) {
    return new String[] {
      "data.dataset=json",
      "data.features=[x]",
      "data.train=" + folder.resolve("train.json"),
      "data.test=" + folder.resolve("test.json"),
      "data.task=" + task,
      "model.network=" + network
    };
  }

  /** A label holds where its number is above zero. */
  private List<double[]> writeLabels(String file, int count, long seed, boolean named)
      throws IOException {
    Random random = new Random(seed);
    List<double[]> rows = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] row = random.doubles(3, -1, 1).toArray();
      List<String> labels = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        if (!named) {
          labels.add(row[k] > 0 ? "1" : "0");
        } else if (row[k] > 0) {
          labels.add("\"label " + k + "\"");
        }
      }
      rows.add(row);
      lines.add("{\"x\": %s, \"answer\": %s}".formatted(Arrays.toString(row), labels));
    }
    Files.write(folder.resolve(file), lines);
    return rows;
  }

  @Test
  void severalLabelsAreRankedByMicroF1AndJudgedOnTheTestPart(
      JavaSparkContext spark, SparkSession session) throws Exception {
    Sklearn.assumeThere();
    writeLabels("train.json", 200, 1, true);
    List<double[]> test = writeLabels("test.json", 60, 2, true);

    List<TrialRow> trials =
        sweep(
            spark,
            parquet(session, "multi-label", network(3, 3, LossFunction.XENT, Activation.SIGMOID)));

    assertThat(input(trials.get(0)).get("labels").toString())
        .isEqualTo("[\"label 0\",\"label 1\",\"label 2\"]");
    for (TrialRow trial : trials) {
      Map<String, Double> expected =
          sklearn(
              "multi-label",
              test.stream().map(row -> text(row, 0)).toList(),
              predictions(trial, test).stream().map(row -> text(doubles(row), 0.5)).toList());
      assertThat(trial.metric()).isEqualTo("micro_f1");
      assertThat(trial.testMetric()).isCloseTo(expected.get("micro_f1"), within(1e-12));
      assertThat(testMetrics(trial)).isEqualTo(rounded(expected, testMetrics(trial)));
    }
    assertThat(store().read(Tables.CLASS_METRICS, "whole")).hasSize(3);
    assertThat(store().read(Tables.CONFUSION, "whole")).isEmpty();
  }

  /** The values that were found, where these are within a rounding of them. */
  private static Map<String, Double> rounded(Map<String, Double> these, Map<String, Double> found) {
    Map<String, Double> near = new TreeMap<>(these);
    near.replaceAll(
        (name, value) ->
            found.containsKey(name) && Math.abs(found.get(name) - value) < 1e-12
                ? found.get(name)
                : value);
    return near;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static String text(double[] values, double threshold) {
    return String.join(
        " ", Arrays.stream(values).mapToObj(value -> value > threshold ? "1" : "0").toList());
  }

  /** Sequences of 1 to 9 steps, whose class is whether their numbers sum to more than zero. */
  private List<double[][]> writeSequences(String file, int count, long seed) throws IOException {
    Random random = new Random(seed);
    List<double[][]> all = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[][] steps = new double[1 + random.nextInt(9)][];
      double sum = 0;
      for (int t = 0; t < steps.length; t++) {
        steps[t] = random.doubles(2, -1, 1).toArray();
        sum += steps[t][0] + steps[t][1];
      }
      all.add(steps);
      lines.add(
          "{\"x\": %s, \"answer\": \"%s\"}"
              .formatted(Arrays.deepToString(steps), sum > 0 ? "up" : "down"));
    }
    Files.write(folder.resolve(file), lines);
    return all;
  }

  /** Each sequence by itself needs no mask, so its output is what a masked batch must give. */
  @Test
  void sequencesOfSeveralLengthsGiveWhatEachGivesByItself(
      JavaSparkContext spark, SparkSession session) throws Exception {
    writeSequences("train.json", 200, 1);
    List<double[][]> test = writeSequences("test.json", 50, 2);
    Path lstm = Files.writeString(folder.resolve("lstm.json"), TaskNetworks.lstm());
    List<String> settings = new ArrayList<>(List.of(parquet(session, "classification", lstm)));
    settings.add("data.shape=[2, 9]");
    settings.add("sweep.workers-per-trial=2");

    List<TrialRow> trials = sweep(spark, settings.toArray(String[]::new));

    for (TrialRow trial : trials) {
      JsonNode input = input(trial);
      ComputationGraph network =
          ModelSerializer.restoreComputationGraph(local(trial.bestModelPath()));
      int right = 0;
      double loss = 0;
      for (double[][] steps : test) {
        INDArray one = Nd4j.create(1, 2, steps.length);
        double sum = 0;
        for (int t = 0; t < steps.length; t++) {
          for (int c = 0; c < 2; c++) {
            double less = input.get("subtract").get(c).asDouble();
            one.putScalar(
                new int[] {0, c, t},
                (steps[t][c] - less) / input.get("divide_by").get(c).asDouble());
            sum += steps[t][c];
          }
        }
        INDArray output = network.outputSingle(one);
        int actual = sum > 0 ? 1 : 0;
        right += output.getDouble(0, actual) > 0.5 ? 1 : 0;
        loss -= Math.log(output.getDouble(0, actual));
      }
      assertThat(trial.testMetric()).isEqualTo(right / 50.0);
      assertThat(trial.testLoss()).isCloseTo(loss / 50, within(1e-5));
    }
  }

  @Test
  void aLossOfAnotherTaskIsRefused(JavaSparkContext spark) throws Exception {
    Path network = network(3, 1, LossFunction.MSE, Activation.IDENTITY);

    assertThatThrownBy(() -> experiment(spark, json("classification", network)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "model.network: the loss of %s is of task regression, and data.task is classification;"
                + " name a network with another loss, or set data.task = regression",
            network);
  }

  @Test
  void aTextWhereANumberIsToBePredictedIsRefused(JavaSparkContext spark) throws Exception {
    writeLabels("train.json", 40, 1, true);
    writeLabels("test.json", 10, 2, true);
    Path network = network(3, 1, LossFunction.MSE, Activation.IDENTITY);

    assertThatThrownBy(() -> experiment(spark, json("regression", network)).run())
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("data.train can't be used")
        .hasMessageContaining("has no number in column answer but ");
  }

  /** A few steps of each: data and networks are beside them. */
  @ParameterizedTest
  @ValueSource(strings = {"conf/examples/table-mlp.conf", "conf/examples/lstm.conf"})
  void theExamplesTrainAsTheyAre(String example, JavaSparkContext spark) {
    List<String> settings =
        List.of(
            "finder.epochs=3",
            "sweep.epochs=1",
            "sweep.step-sizes-epochs=[0.5]",
            "sweep.base-lrs=[0.001]",
            "sweep.max-lrs=[0.01]",
            "output=" + folder.resolve("results"));

    ExperimentResult result =
        Experiment.of(ConfigLoader.load(ConfigFiles.named(example), settings))
            .on(spark)
            .withRun(RunChoice.named("whole"))
            .run();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.bestTrial().orElseThrow().testMetric()).isBetween(0.0, 1.0);
  }
}
