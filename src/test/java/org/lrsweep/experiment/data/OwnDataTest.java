package org.lrsweep.experiment.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.cluster.Workload;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.Augmentation.Flip;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.experiment.Experiment;
import org.lrsweep.experiment.ExperimentResult;
import org.lrsweep.experiment.command.CommandLines;
import org.lrsweep.experiment.command.ConfigFiles;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.Requirements;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.ingest.Part;
import org.lrsweep.ingest.PartitionedData;
import org.lrsweep.ingest.preview.Preview;
import org.lrsweep.ingest.preview.ShownExample;
import org.lrsweep.report.RunSummary;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.SameRows;
import org.lrsweep.testing.TriedInput;
import org.nd4j.linalg.activations.Activation;

/** Runs on data of a user's own: the same colour images in four formats. */
@ExtendWith(LocalSpark.class)
class OwnDataTest {
  private static final int SIZE = 16;
  private static final int PIXELS = SIZE * SIZE;
  private static final int COUNT = 120;
  private static final String SMALL =
      """
      lrsweep {
        seed = 3
        batch-size = 16
        data { image-size = 16, validation = 0.2, augmentation { shift = 0, crop = 2 } }
        model.network = small-cnn
        finder { start-lr = 1.0e-4, epochs = 1 }
        sweep { step-sizes-epochs = [0.5], epochs = 1, base-lrs = [0.001], max-lrs = [0.01] }
      }
      """;

  @TempDir private Path folder;

  /** Noise, brighter in one channel for each class. */
  private static byte[] image(int number) {
    Random random = new Random(number);
    byte[] planes = new byte[3 * PIXELS];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) (random.nextInt(100) + (i / PIXELS == number % 3 ? 150 : 0));
    }
    return planes;
  }

  private static byte[] png(byte[] planes) throws IOException {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < PIXELS; i++) {
      int red = Byte.toUnsignedInt(planes[i]);
      int green = Byte.toUnsignedInt(planes[PIXELS + i]);
      int blue = Byte.toUnsignedInt(planes[2 * PIXELS + i]);
      image.setRGB(i % SIZE, i / SIZE, red << 16 | green << 8 | blue);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private String asFolder() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      Path of = Files.createDirectories(folder.resolve("images/" + i % 3));
      Files.write(of.resolve(i + ".png"), png(image(i)));
    }
    return folder.resolve("images").toString();
  }

  private String asParquet(SparkSession session) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      rows.add(RowFactory.create(png(image(i)), i % 3));
    }
    StructType type =
        new StructType().add("image", DataTypes.BinaryType).add("label", DataTypes.IntegerType);
    String path = folder.resolve("binary.parquet").toString();
    session.createDataFrame(rows, type).repartition(3).write().parquet("file://" + path);
    return path;
  }

  private String asArrays(SparkSession session) {
    List<Row> rows = new ArrayList<>();
    for (int i = COUNT - 1; i >= 0; i--) {
      byte[] planes = image(i);
      Integer[] numbers = new Integer[planes.length];
      Arrays.setAll(numbers, k -> Byte.toUnsignedInt(planes[k]));
      rows.add(RowFactory.create(numbers, (double) (i % 3)));
    }
    StructType type =
        new StructType()
            .add("pixels", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("label", DataTypes.DoubleType);
    String path = folder.resolve("arrays.json").toString();
    session.createDataFrame(rows, type).repartition(5).write().json("file://" + path);
    return path;
  }

  private void asIdx() throws IOException {
    try (DataOutputStream features =
            new DataOutputStream(Files.newOutputStream(folder.resolve("features.idx")));
        DataOutputStream labels =
            new DataOutputStream(Files.newOutputStream(folder.resolve("labels.idx")))) {
      features.writeInt(0x0804);
      for (int size : new int[] {COUNT, 3, SIZE, SIZE}) {
        features.writeInt(size);
      }
      labels.writeInt(0x0c01);
      labels.writeInt(COUNT);
      for (int i = 0; i < COUNT; i++) {
        features.write(image(i));
        labels.writeInt(i % 3);
      }
    }
  }

  private Experiment experiment(JavaSparkContext spark, String output, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("output=" + folder.resolve(output));
    return Experiment.of(ConfigLoader.load(SMALL, "test", all))
        .withRun(RunChoice.named("one"))
        .on(spark);
  }

  private ResultStore store(String output) {
    return ResultStore.open(folder.resolve(output).toString(), new Configuration());
  }

  @Test
  void theSameImagesGiveTheSameTablesInEveryFormat(JavaSparkContext spark, SparkSession session)
      throws IOException {
    asIdx();
    ExperimentResult images =
        experiment(spark, "a", "data.dataset=image-folder", "data.train=" + asFolder()).run();
    experiment(spark, "b", "data.dataset=parquet", "data.train=" + asParquet(session)).run();
    experiment(
            spark,
            "c",
            "data.dataset=json",
            "data.train=" + asArrays(session),
            "data.shape=[3, 16, 16]",
            "data.features=[pixels]",
            "data.storage=disk")
        .run();
    experiment(
            spark,
            "d",
            "data.dataset=idx",
            "data.train.images=" + folder.resolve("features.idx"),
            "data.train.labels=" + folder.resolve("labels.idx"))
        .run();

    assertThat(images.status()).isEqualTo(RunStatus.COMPLETED);
    RunRow run = store("a").read(Tables.RUNS, "one").get(0);
    assertThat(run.trainExamples()).isEqualTo(96);
    assertThat(run.testExamples()).isZero();
    assertThat(run.dataset()).endsWith("/images");
    assertThat(store("a").read(Tables.CLASS_METRICS, "one"))
        .extracting(row -> row.className() + " " + row.support())
        .containsExactly("0 8", "1 8", "2 8");
    for (String output : List.of("b", "c", "d")) {
      SameRows.assertSame(store(output), store("a"), "one");
      assertThat(store(output).read(Tables.RUNS, "one").get(0).datasetSha256())
          .isEqualTo(run.datasetSha256());
    }
  }

  @Test
  @TriedInput(input = "an image of 0 bytes among a user's own", gets = "refused by its file's name")
  void aRunRefusesDamagedImagesOrLeavesThemOut(JavaSparkContext spark) throws IOException {
    String images = asFolder();
    Files.write(folder.resolve("images/1/empty.png"), new byte[0]);

    assertThatThrownBy(
            experiment(spark, "a", "data.dataset=image-folder", "data.train=" + images)::find)
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("1 row of data.train can't be used. file:")
        .hasMessageEndingWith(
            "images/1/empty.png is empty: it has 0 bytes. Mend them, or leave them out by"
                + " data.on-bad-rows = skip");
    Files.write(folder.resolve("images/2/torn.png"), Arrays.copyOf(png(image(500)), 80));
    experiment(
            spark,
            "b",
            "data.dataset=image-folder",
            "data.train=" + images,
            "data.on-bad-rows=skip")
        .find();
    RunRow run = store("b").read(Tables.RUNS, "one").get(0);
    assertThat(run.trainExamples()).isEqualTo(96);
    assertThat(run.skippedRows()).isEqualTo(2);
    assertThat(run.skippedReasons()).isEqualTo("empty file: 1, damaged image: 1");
    assertThat(RunSummary.of(store("b"), "one", CommandLines.after(List.of())))
        .contains("  left out  2 rows that could not be used (empty file: 1, damaged image: 1)");
    assertThat(folder.resolve("b/reports/one/report.html"))
        .content()
        .contains("2 rows that could not be used (empty file: 1, damaged image: 1)");
  }

  /** A table with a text for a class, a column that marks what is held out, and a dense network. */
  @Test
  void numbersFromCsvTrainANetworkOfOnesOwn(JavaSparkContext spark) throws IOException {
    Random random = new Random(8);
    List<Double> lengths = new ArrayList<>();
    StringBuilder csv = new StringBuilder("petal.length,width,kind,held\n");
    for (int i = 0; i < 200; i++) {
      double centre = i % 2 == 0 ? 40 : 60;
      double length = centre + 5 * random.nextGaussian();
      if (i % 4 >= 2) {
        lengths.add(length);
      }
      csv.append(length).append(',').append(random.nextGaussian());
      csv.append(i % 2 == 0 ? ",small," : ",large,").append(i % 4 < 2).append('\n');
    }
    Files.writeString(folder.resolve("table.csv"), csv);
    experiment(
            spark,
            "a",
            "data.dataset=csv",
            "data.train=" + folder.resolve("table.csv"),
            "data.options.header=true",
            "data.label=kind",
            "data.validation=held",
            "data.scaling=standardize",
            "model.network=" + dense(2),
            "sweep.epochs=4",
            "sweep.max-lrs=[0.5]")
        .run();

    RunRow run = store("a").read(Tables.RUNS, "one").get(0);
    assertThat(run.trainExamples()).isEqualTo(100);
    JsonNode input =
        new ObjectMapper().readTree(folder.resolve("a/models/one/trial-01/input.json").toFile());
    assertThat(input.get("classes")).extracting(JsonNode::asText).containsExactly("large", "small");
    assertThat(input.get("shape")).extracting(JsonNode::asInt).containsExactly(2);
    assertThat(input.at("/subtract/0").asDouble())
        .as("the mean of the rows that are trained on")
        .isCloseTo(lengths.stream().mapToDouble(x -> x).average().orElseThrow(), within(1e-4));
    assertThat(input.get("divide_by")).hasSize(2);
    assertThat(store("a").read(Tables.CLASS_METRICS, "one"))
        .extracting(row -> row.className() + " " + row.support())
        .containsExactly("large 50", "small 50");
    assertThat(store("a").read(Tables.TRIALS, "one").get(0).finalValAccuracy()).isGreaterThan(0.9);
  }

  @Test
  @TriedInput(
      input = "images named as Spark hides files, or in no folder of a class",
      gets = "refused by their names")
  void imagesThatWouldBeLostOrGetAWrongClassAreRefused(JavaSparkContext spark) throws IOException {
    String images = asFolder();
    Files.write(folder.resolve("images/1/_DSC0001.PNG"), png(image(900)));
    Files.write(folder.resolve("images/1/._0.png"), new byte[0]);
    Files.createDirectories(folder.resolve("images/_spare"));
    Files.write(folder.resolve("images/_spare/a.png"), png(image(901)));
    Files.write(folder.resolve("images/loose.png"), png(image(902)));

    assertThatThrownBy(
            experiment(spark, "a", "data.dataset=image-folder", "data.train=" + images)::find)
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("3 rows of data.train can't be used. file:")
        .hasMessageContaining(
            "/_DSC0001.PNG has a name that Spark passes over, since _DSC0001.PNG begins with _")
        .hasMessageContaining(
            "/_spare/a.png has a name that Spark passes over, since _spare begins with _")
        .hasMessageContaining(
            "/loose.png lies in no folder of a class; images are <folder>/<class>/<image>");
  }

  private Path dense(int inputs) throws IOException {
    return Files.writeString(
        folder.resolve("dense.json"),
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new DenseLayer.Builder().nIn(inputs).nOut(8).activation(Activation.RELU).build())
            .layer(new OutputLayer.Builder().nIn(8).nOut(2).activation(Activation.SOFTMAX).build())
            .build()
            .toJson());
  }

  private String asTable(int rows) throws IOException {
    StringBuilder csv = new StringBuilder("a,b,label\n");
    for (int i = 0; i < rows; i++) {
      csv.append("%s,%s,%s\n".formatted(i, 200 - i, i % 2));
    }
    return Files.writeString(folder.resolve("table.csv"), csv).toString();
  }

  @Test
  void aNetworkThatCannotReadTheDataIsRefusedBeforeTheRunIsRecorded(JavaSparkContext spark)
      throws IOException {
    Experiment unfit =
        experiment(
            spark,
            "a",
            "data.dataset=csv",
            "data.train=" + asTable(60),
            "data.options.header=true",
            "model.network=" + dense(3));

    assertThatThrownBy(unfit::sweep)
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("model.network: layer \"0\" reads 3 numbers, the examples are");
    assertThat(store("a").runs()).isEmpty();
  }

  /** 48 examples have 3 steps of 16, and a tenth of these is less than one; 60,000 have many. */
  @Test
  void oneCycleIsJudgedByTheExamplesThatThereAre(JavaSparkContext spark) throws IOException {
    String[] settings = {
      "data.dataset=csv",
      "data.train=" + asTable(60),
      "data.options.header=true",
      "model.network=" + dense(2),
      "sweep.policies=[triangular, one_cycle]",
      "sweep.one-cycle.up-fraction=0.1"
    };

    assertThatThrownBy(experiment(spark, "a", settings)::sweep)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("sweep.one-cycle.up-fraction: upFraction * steps must be > 1")
        .hasMessageEndingWith("found upFraction 0.1 and steps 3");
    assertThat(store("a").runs()).isEmpty();
    List<String> large = new ArrayList<>(List.of(settings));
    large.addAll(List.of("batch-size=50000", "sweep.epochs=2", "sweep.one-cycle.up-fraction=0.3"));
    assertThat(workload(large).tasks())
        .as("two steps of Fashion-MNIST, but maybe many of this")
        .isPositive();
  }

  @Test
  void memoryIsReckonedWithTheActivationsOfAnOwnNetwork() throws IOException {
    String[] table = {"data.dataset=csv", "data.train=/x", "model.network=" + dense(12)};

    assertThat(activations(table)).as("of rows of no known length").isZero();
    assertThat(activations(table[0], table[1], table[2], "data.shape=[12]")).isEqualTo(12 + 8 + 2);
    assertThat(activations(table[0], table[1], table[2], "data.shape=[3, 2, 2]"))
        .isEqualTo(12 + 8 + 2);
    assertThat(
            activations(
                "data.dataset=image-folder", "data.train=/x", "model.network=" + dense(3 * PIXELS)))
        .isEqualTo(3 * PIXELS + 8 + 2);
  }

  private static long activations(String... settings) {
    return workload(List.of(settings)).activations();
  }

  private static Workload workload(List<String> settings) {
    return new Requirements(new Plan(ConfigLoader.load(SMALL, "test", settings)), "run").workload();
  }

  /** The test part has the same rows: it would have none in common if its columns were swapped. */
  @Test
  void columnsAreThoseOfTrainInWhateverOrderAnotherPartHasThem(JavaSparkContext spark)
      throws IOException {
    StringBuilder train = new StringBuilder("a,b,held,label\n");
    StringBuilder test = new StringBuilder("b,held,label,more,a\n");
    for (int i = 0; i < 40; i++) {
      boolean held = i % 4 < 2;
      int label = i % 2;
      train.append("%s,%s,%s,%s\n".formatted(i, 200 - i, held, label));
      test.append("%s,%s,%s,x,%s\n".formatted(200 - i, held, label, i));
    }
    Files.writeString(folder.resolve("train.csv"), train);
    Files.writeString(folder.resolve("test.csv"), test);
    List<String> settings =
        List.of(
            "data.dataset=csv",
            "data.train=" + folder.resolve("train.csv"),
            "data.test=" + folder.resolve("test.csv"),
            "data.options.header=true",
            "data.validation=held");
    OwnDataRequest request =
        OwnDataRequest.of(ConfigLoader.load(SMALL, "test", settings).data(), 1).orElseThrow();

    try (PartitionedData data = request.read(spark)) {
      assertThat(data.shape()).containsExactly(2);
      assertThat(data.notices()).containsExactly("40 examples of data.test are in data.train too");
    }
  }

  @Test
  void aColumnOfTrainKeepsItsRowsTogether(JavaSparkContext spark) throws IOException {
    StringBuilder csv = new StringBuilder("user,a,label\n");
    for (int i = 0; i < 60; i++) {
      csv.append("u%s,%s,%s\n".formatted(i / 6, i, i % 2));
    }
    Files.writeString(folder.resolve("table.csv"), csv);
    List<String> settings =
        List.of(
            "data.dataset=csv",
            "data.train=" + folder.resolve("table.csv"),
            "data.options.header=true",
            "data.group=user",
            "data.test=0.1");
    OwnDataRequest request =
        OwnDataRequest.of(ConfigLoader.load(SMALL, "test", settings).data(), 1).orElseThrow();

    try (PartitionedData data = request.read(spark)) {
      assertThat(data.shape()).as("a alone").containsExactly(1);
      assertThat(data.counts(Part.VALIDATION)).isEqualTo(Map.of("0", 6L, "1", 6L));
      assertThat(data.notices())
          .containsExactly(
              "the 10 groups of data.group = user: 7 to train on, 2 to validate, 1 to test");
    }
  }

  @Test
  void keysThatContradictEachOtherAreRefused() {
    refused(
        "data.dataset = parquet needs data.train, a path; a set by name is one of auto,",
        "data.dataset=parquet");
    refused(
        "data.validation = test needs data.test, and there is none; set data.validation to",
        "data.dataset=parquet",
        "data.train=/x",
        "data.validation=test");
    refused(
        "data.validation = held: image-folder has no columns; set a fraction, a path",
        "data.dataset=image-folder",
        "data.train=/x",
        "data.validation=held");
    refused(
        "data.validation of auto must be test or a fraction of its training set, as 0.1; paths",
        "data.validation=held");
    refused(
        "data.train and data.test are of your own data, and data.dataset is",
        "data.dataset=fashion-mnist",
        "data.train=/x",
        "data.validation=test");
    refused(
        "data.label, data.scaling would change nothing, since data.dataset is generated-garments",
        "data.dataset=generated-garments",
        "data.validation=test",
        "data.label=kind",
        "data.scaling=none");
    refused(
        "data.group = patient is a column, and data.dataset = image-folder has none; leave it out",
        "data.dataset=image-folder",
        "data.train=/x",
        "data.group=patient");
    refused(
        "data.group = patient keeps rows together where fractions are drawn, and data.validation ="
            + " held says itself which rows are held out; set data.validation to a fraction, as",
        "data.dataset=csv",
        "data.train=/x",
        "data.validation=held",
        "data.test=0.2",
        "data.group=patient");
    refused(
        "data.group = patient would change nothing, since neither data.validation nor data.test",
        "data.dataset=csv",
        "data.train=/x",
        "data.test=/y",
        "data.validation=test",
        "data.group=patient");
    refused(
        "data.group would change nothing, since data.dataset is auto and only your own data",
        "data.validation=test",
        "data.group=patient");
    refused(
        "data.group must be a column other than data.label, found 'kind'",
        "data.label=kind",
        "data.group=kind");
    refused(
        "data.on-bad-rows would change nothing, since data.dataset is auto and only your own data",
        "data.validation=test",
        "data.on-bad-rows=skip");
    refused(
        "data.directory, data.train-examples and data.test-examples are of the sets with",
        "data.dataset=csv",
        "data.train=/x",
        "data.train-examples=5");
    refused(
        "data.test + data.validation must be fractions that sum to less than 1, found",
        "data.dataset=csv",
        "data.train=/x",
        "data.test=0.5",
        "data.validation=0.5");
    refused(
        "data.scaling must be one of unit, standardize, none, found 'zscore'",
        "data.scaling=zscore");
    refused(
        "data.shape must be [channels, height, width], [channels, steps] or [length], each >= 1,"
            + " found [2, 2, 2, 2]",
        "data.shape=[2, 2, 2, 2]");
    refused("data.augmentation.crop must be >= 0 and <= 64, found -1", "data.augmentation.crop=-1");
  }

  @Test
  void theExampleForCifar10IsRight() {
    Plan plan =
        new Plan(ConfigLoader.load(ConfigFiles.named("conf/cifar10.conf"), List.of("seed=1")));

    assertThat(plan.readsOwnData()).isTrue();
    assertThat(plan.augmentation()).isEqualTo(new Augmentation(0, Flip.HORIZONTAL, 4));
  }

  private static void refused(String message, String... settings) {
    assertThatThrownBy(() -> new Plan(ConfigLoader.load(SMALL, "test", List.of(settings))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aPreviewShowsWhatARunWouldSee(JavaSparkContext spark) throws IOException {
    Experiment experiment =
        experiment(spark, "a", "data.dataset=image-folder", "data.train=" + asFolder());

    Preview preview = experiment.preview();

    assertThat(preview.shape()).containsExactly(3, SIZE, SIZE);
    assertThat(preview.counts())
        .isEqualTo(
            Map.of(
                "train", Map.of("0", 32L, "1", 32L, "2", 32L),
                "validation", Map.of("0", 8L, "1", 8L, "2", 8L)));
    assertThat(preview.scaling()).isEqualTo("unit: (number - 0) / 255");
    assertThat(preview.storage())
        .startsWith("1 MB to train on and 1 MB beside it, as shares of 2 workers in the");
    assertThat(preview.examples()).hasSize(10);
    int black = 0;
    for (ShownExample example : preview.examples()) {
      assertThat(sources()).as("an image of the folder").contains(shown(example.read()));
      for (float value : example.trained()) {
        black += value == 0 ? 1 : 0;
      }
    }
    assertThat(black).as("pixels from beyond the images, of which none is black").isPositive();
    assertThat(folder.resolve("a")).as("the output").doesNotExist();
  }

  private static List<String> sources() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      byte[] planes = image(i);
      float[] values = new float[planes.length];
      for (int k = 0; k < values.length; k++) {
        values[k] = Byte.toUnsignedInt(planes[k]);
      }
      all.add(shown(values));
    }
    return all;
  }

  private static String shown(float[] values) {
    return Arrays.toString(values);
  }

  @Test
  void aPlanOfOwnDataReadsItAndSaysWhatThatTook(JavaSparkContext spark) throws IOException {
    String lines =
        experiment(spark, "a", "data.dataset=image-folder", "data.train=" + asFolder()).plan("run");

    assertThat(lines.lines().map(String::strip))
        .anyMatch(line -> line.endsWith("images, 96 training, 24 validation and 0 test examples"))
        .anyMatch(
            line -> line.matches("reading +1 MB of files, read in [0-9.]+ s, by local.4,4.; .*"))
        .anyMatch(line -> line.startsWith("storage") && line.contains("1 MB to train on"))
        .anyMatch(line -> line.matches("sweep +1 trial of 1 epoch of 6 steps, 6 steps in all; .*"));
    assertThat(folder.resolve("a")).as("the output").doesNotExist();
    assertThatThrownBy(
            () ->
                experiment(
                        spark,
                        "b",
                        "data.dataset=csv",
                        "data.train=" + asTable(60),
                        "data.options.header=true",
                        "model.network=" + dense(3))
                    .plan("run"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("model.network: layer \"0\" reads 3 numbers, the examples are");
  }

  @Test
  void whatIsNotThereIsSaid(JavaSparkContext spark) {
    assertThatThrownBy(
            experiment(spark, "a", "data.dataset=parquet", "data.train=" + folder + "/none")::find)
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("data of format parquet in " + folder + "/none can't be read: ");
    assertThatThrownBy(
            experiment(spark, "b", "data.dataset=image-floder", "data.train=" + folder)::find)
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("see to data.dataset and the paths");
  }
}
