package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.command.ConfigFiles;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.testing.LocalSpark;
import org.nd4j.linalg.learning.config.Nesterovs;

/** A few steps of what conf/examples has, on small data. */
@ExtendWith(LocalSpark.class)
class ExamplesTest {

  @TempDir private Path folder;

  @Test
  void theResidualNetworkTrainsOnAFolderOfColourImages(JavaSparkContext spark) throws IOException {
    images("train", 40);
    images("test", 4);
    List<String> settings =
        List.of(
            "output=" + folder.resolve("results"),
            "data.train=" + folder.resolve("train"),
            "data.test=" + folder.resolve("test"),
            "batch-size=16",
            "sweep.max-lrs=[0.1]",
            "sweep.base-lrs=[0.01]",
            "sweep.epochs=2");

    ExperimentResult result =
        Experiment.of(ConfigLoader.load(ConfigFiles.named("conf/cifar10.conf"), settings))
            .on(spark)
            .withRun(RunChoice.named("example"))
            .run();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    ResultStore store = ResultStore.open(folder.resolve("results").toString(), new Configuration());
    assertThat(store.read(Tables.RUNS, "example"))
        .singleElement()
        .satisfies(run -> assertThat(run.trainExamples()).as("a tenth is kept").isEqualTo(72));
    List<TrainStepRow> steps = store.read(Tables.TRAIN_STEPS, "example");
    // 2 epochs of 4 steps; the climb ends after 0.3 of them.
    assertThat(steps).hasSize(8);
    assertThat(steps.get(0).lr()).isCloseTo(0.01, within(1e-9));
    assertThat(steps.get(7).lr()).isLessThan(0.01);
    assertThat(store.read(Tables.TRIALS, "example"))
        .singleElement()
        .satisfies(trial -> assertThat(trial.policy()).isEqualTo("one_cycle"));
  }

  /** What docs/your-own.md shows: a zip and a Parquet table. */
  @Test
  void theExperimentOfTheGuideRuns(JavaSparkContext spark) throws IOException {
    String guide = Files.readString(Path.of("docs", "your-own.md"));
    String block = "```hocon\n";
    int start = guide.indexOf(block) + block.length();
    List<String> settings =
        List.of(
            "output=" + folder.resolve("results"),
            "data.train=" + table(new SparkSession(spark.sc())),
            "model.network=" + zip(),
            "batch-size=8",
            "finder.epochs=3",
            "sweep.max-lrs=[0.01]",
            "sweep.base-lrs=[0.001]",
            "sweep.epochs=2");

    ExperimentResult result =
        Experiment.of(
                ConfigLoader.load(
                    guide.substring(start, guide.indexOf("```", start)), "the guide", settings))
            .on(spark)
            .withRun(RunChoice.named("guide"))
            .run();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    ResultStore store = ResultStore.open(folder.resolve("results").toString(), new Configuration());
    assertThat(store.read(Tables.TRIALS, "guide"))
        .extracting(TrialRow::policy)
        .containsExactlyInAnyOrder("triangular", "one_cycle");
    // Of 40 examples 4 are kept; 36 are 4 steps of 8.
    assertThat(store.read(Tables.TRAIN_STEPS, "guide")).hasSize(2 * 2 * 4);
  }

  private String table(SparkSession session) {
    Random random = new Random(6);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Integer[] pixels = new Integer[3 * 32 * 32];
      int darkest = 64 * (i % 2);
      Arrays.setAll(pixels, k -> darkest + random.nextInt(128));
      rows.add(RowFactory.create(pixels, i % 2 == 0 ? "dark" : "bright"));
    }
    StructType type =
        new StructType()
            .add("pixels", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("kind", DataTypes.StringType);
    String path = folder.resolve("mine").toString();
    session.createDataFrame(rows, type).write().parquet("file://" + path);
    return path;
  }

  private Path zip() throws IOException {
    ComputationGraph network =
        new ComputationGraph(
            NetworkType.SMALL_CNN.configuration(
                new ImageShape(3, 32, 32), 2, 5, new Nesterovs(0.01, 0.9)));
    network.init();
    Path zip = folder.resolve("mine.zip");
    ModelSerializer.writeModel(network, zip.toFile(), true);
    return zip;
  }

  /** Reddish and bluish noise. */
  private void images(String part, int ofEach) throws IOException {
    Random random = new Random(5);
    for (String name : List.of("red", "blue")) {
      Path of = Files.createDirectories(folder.resolve(part).resolve(name));
      for (int i = 0; i < ofEach; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 32 * 32; pixel++) {
          int bright = 128 + random.nextInt(128);
          int green = random.nextInt(128) << 8;
          image.setRGB(
              pixel % 32, pixel / 32, green | (name.equals("red") ? bright << 16 : bright));
        }
        ImageIO.write(image, "jpg", of.resolve(i + ".jpg").toFile());
      }
    }
  }
}
