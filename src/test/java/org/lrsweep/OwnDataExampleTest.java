package org.lrsweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.experiment.Experiment;
import org.lrsweep.experiment.ExperimentResult;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.Sweep;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.SweepSettings;
import org.lrsweep.sweep.TrialGrid;
import org.lrsweep.sweep.TrialNetworks;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.TrialPolicy;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.MarkedExamples;
import org.lrsweep.testing.TriedInput;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The Java examples of docs/your-own.md, which are the marked lines of this file, and that they
 * work.
 */
@ExtendWith(LocalSpark.class)
class OwnDataExampleTest {
  private static final Path PAGE = Path.of("docs/your-own.md");
  private static final Path SOURCE = Path.of("src/test/java/org/lrsweep/OwnDataExampleTest.java");

  @TempDir private Path folder;

  @Test
  void thePageShowsTheseExamples() throws IOException {
    MarkedExamples.assertShown(PAGE, SOURCE, "your-own.md", 2);
  }

  /** Two numbers, of which the first says the kind. */
  private static Dataset<Row> table(SparkSession session, int rows, long seed) {
    Random random = new Random(seed);
    List<Row> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(
          RowFactory.create(
              (i % 2 == 0 ? 1 : -1) + random.nextGaussian() / 4,
              random.nextGaussian(),
              i % 2 == 0 ? "large" : "small"));
    }
    return session.createDataFrame(
        all,
        new StructType()
            .add("length", DataTypes.DoubleType)
            .add("width", DataTypes.DoubleType)
            .add("kind", DataTypes.StringType));
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam())
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(8).activation(Activation.TANH).build())
                .layer(
                    new OutputLayer.Builder().nIn(8).nOut(2).activation(Activation.SOFTMAX).build())
                .build());
    network.init();
    return network;
  }

  // your-own.md begins
  static ExperimentResult runOnTable(Dataset<Row> table, Path network, Path output) {
    table.createOrReplaceTempView("measured");
    ExperimentConfig config =
        ConfigLoader.load(
            """
            lrsweep {
              batch-size = 16
              data { dataset = table, train = measured, label = kind, validation = 0.2 }
              data.scaling = standardize
              finder.epochs = 2
              sweep { step-sizes-epochs = [0.5], epochs = 2, base-lrs = [0.003], max-lrs = [0.3] }
            }
            """,
            "my experiment",
            List.of("model.network=" + network, "output=" + output));
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    return Experiment.of(config).on(spark).run();
  }

  // your-own.md ends

  // your-own.md begins
  static JavaRDD<DataSet> examples(Dataset<Row> table) {
    return table
        .toJavaRDD()
        .map(
            row -> {
              float[] features = {(float) row.getDouble(0), (float) row.getDouble(1)};
              float[] oneHot =
                  row.getString(2).equals("large") ? new float[] {1, 0} : new float[] {0, 1};
              return new DataSet(
                  Nd4j.create(new float[][] {features}), Nd4j.create(new float[][] {oneHot}));
            });
  }

  static List<TrialOutcome> sweep(
      JavaSparkContext spark,
      MultiLayerNetwork network,
      JavaRDD<DataSet> train,
      JavaRDD<DataSet> validation) {
    TrialGrid grid =
        new TrialGrid(
            List.of(TrialPolicy.TRIANGULAR),
            List.of(0.5), // step sizes in epochs
            List.of(TrialRange.given(new LrRange(0.001, 0.1))),
            List.of(1L, 2L), // seeds
            1.0, // gamma, of exp_range
            16, // batch size
            2); // epochs
    int workers = 2;
    TrialNetworks networks = TrialNetworks.of(GivenNetwork.of(network), train, validation, workers);
    return new Sweep(spark, "my-run", networks, SweepSettings.defaults())
        .run(grid.trials(Math.toIntExact(train.count())), new SweepListener() {});
  }

  // your-own.md ends

  @Test
  void anExperimentRunsOnATableOfTheCallers(SparkSession session) throws IOException {
    Path network =
        Files.writeString(
            folder.resolve("net.json"), network().getLayerWiseConfigurations().toJson());

    ExperimentResult result =
        runOnTable(table(session, 120, 1), network, folder.resolve("results"));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.bestTrial().orElseThrow().bestValAccuracy()).isGreaterThan(0.8);
  }

  @Test
  void aSweepTrainsOnAnRddOfTheCallers(JavaSparkContext spark, SparkSession session) {
    List<TrialOutcome> outcomes =
        sweep(
            spark,
            network(),
            examples(table(session, 120, 1).repartition(3)),
            examples(table(session, 40, 2)));

    assertThat(outcomes)
        .hasSize(2)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.status()).isEqualTo(TrialStatus.COMPLETED);
              assertThat(outcome.bestEpoch().orElseThrow().valAccuracy()).isGreaterThan(0.8);
            });
  }

  @Test
  @TriedInput(input = "a table that Spark does not know", gets = "refused by its name")
  void aTableThatIsNotThereIsRefused(JavaSparkContext spark) throws IOException {
    Path network =
        Files.writeString(
            folder.resolve("net.json"), network().getLayerWiseConfigurations().toJson());
    ExperimentConfig config =
        ConfigLoader.load(
            "lrsweep.data { dataset = table, train = nowhere, validation = 0.2 }",
            "test",
            List.of("model.network=" + network, "output=" + folder.resolve("results")));

    assertThatThrownBy(() -> Experiment.of(config).on(spark).run())
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("data of format table in nowhere can't be read: ")
        .hasMessageEndingWith("; see to data.dataset and the names");
  }
}
