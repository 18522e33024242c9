package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.testing.RunComparison;
import org.lrsweep.testing.SameRows;
import org.lrsweep.testing.SparkProcesses;
import org.nd4j.linalg.activations.Activation;

/**
 * A run on a Parquet table of a user's own, of two workers each, and its tables as local mode
 * leaves them.
 */
final class OwnDataRun {
  private static final String ID = "own";
  private static final int NUMBERS = 12;
  private static final int ROWS = 400;

  private static OwnDataRun local;

  private final Path folder;

  private OwnDataRun(Path folder) {
    this.folder = folder;
  }

  /** Writes table and network, and runs it in local mode, once for all tests. */
  static synchronized OwnDataRun local(SparkSession session) throws Exception {
    if (local == null) {
      local = made(session);
    }
    return local;
  }

  private static OwnDataRun made(SparkSession session) throws Exception {
    Path folder = Files.createTempDirectory(SparkProcesses.TARGET, "own-data-");
    OwnDataRun run = new OwnDataRun(folder);
    run.write(session);
    try (SparkProcesses spark =
        new SparkProcesses(Files.createDirectory(folder.resolve("spark")))) {
      List<String> arguments = run.command(run.table().toString(), run.output().toString());
      arguments.addAll(List.of("--", "--master", "local[2,4]"));
      SmallRun.assertSucceeds(spark.submit("local.sh", Map.of(), arguments));
    }
    return run;
  }

  private void write(SparkSession session) throws IOException {
    Random random = new Random(9);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Double[] numbers = new Double[NUMBERS];
      for (int k = 0; k < NUMBERS; k++) {
        numbers[k] = random.nextGaussian() + (k % 2 == i % 2 ? 1 : 0);
      }
      rows.add(RowFactory.create(numbers, i % 2 == 0 ? "even" : "odd"));
    }
    StructType type =
        new StructType()
            .add("x", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("label", DataTypes.StringType);
    session.createDataFrame(rows, type).repartition(3).write().parquet("file:" + table());
    Files.writeString(experiment(), "lrsweep { seed = 5 }\n");
    Files.writeString(
        network(),
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(
                new DenseLayer.Builder().nIn(NUMBERS).nOut(8).activation(Activation.TANH).build())
            .layer(new OutputLayer.Builder().nIn(8).nOut(2).activation(Activation.SOFTMAX).build())
            .build()
            .toJson());
  }

  private Path network() {
    return folder.resolve("net.json");
  }

  private Path experiment() {
    return folder.resolve("own.conf");
  }

  private Path output() {
    return folder.resolve("results");
  }

  /** The table, a folder of files. */
  Path table() {
    return folder.resolve("own").resolve("table");
  }

  /** The table's files, without what Spark leaves beside them. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(table())) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  /** The command that makes the run of a copy of the table. */
  List<String> command(String table, String output, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.dataset=parquet",
                "data.train=\"" + table + "\"",
                "data.features=[x]",
                "data.validation=0.2",
                "data.scaling=standardize",
                "model.network=\"file:" + network() + "\"",
                "batch-size=16",
                "finder.epochs=3",
                "sweep.workers-per-trial=2",
                "sweep.steps-per-round=3",
                "sweep.step-sizes-epochs=[0.5]",
                "sweep.base-lrs=[0.01]",
                "sweep.max-lrs=[0.1]",
                "sweep.epochs=3",
                "output=" + output));
    settings.addAll(List.of(more));
    List<String> command =
        new ArrayList<>(List.of("run", "--config", experiment().toString(), "--run-id", ID));
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    return command;
  }

  /** Compares the tables of an output with those of local mode. */
  void assertSameTables(String actual, Configuration conf) throws Exception {
    ResultStore expected = ResultStore.open(output().toString(), new Configuration());
    ResultStore found = ResultStore.open(actual, conf);
    assertThat(found.runs())
        .singleElement()
        .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED))
        .satisfies(run -> assertThat(run.trainExamples()).isEqualTo(320))
        .satisfies(
            run ->
                assertThat(run.datasetSha256())
                    .isEqualTo(expected.read(Tables.RUNS, ID).get(0).datasetSha256()));
    SameRows.assertSame(found, expected, ID);
  }

  /** Compares tables and models of an output in a folder with those of local mode. */
  void assertSameRun(Path actual) throws Exception {
    assertSameTables(actual.toString(), new Configuration());
    RunComparison.assertSame(actual, output(), ID);
  }
}
