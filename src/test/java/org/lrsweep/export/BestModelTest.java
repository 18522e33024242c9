package org.lrsweep.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.garments.GeneratedGarments;
import org.lrsweep.experiment.Experiment;
import org.lrsweep.experiment.ExperimentResult;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.SampleRun;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.testing.LocalSpark;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(LocalSpark.class)
class BestModelTest {
  private static final String SMALL =
      """
      lrsweep {
        data { dataset = generated-garments, train-examples = 256, test-examples = 64 }
        data { image-size = 16, augmentation.shift = 0 }
        model.network = small-cnn
        sweep { step-sizes-epochs = [0.5], epochs = 1, base-lrs = [0.001], max-lrs = [0.01] }
      }
      """;

  @TempDir private Path folder;

  private ResultStore store() {
    return ResultStore.open(folder.resolve("results").toString(), new Configuration());
  }

  private String classify(Path export, byte[] pixels, int from, int size) throws Exception {
    float[] image = new float[size];
    for (int i = 0; i < size; i++) {
      image[i] = Byte.toUnsignedInt(pixels[from + i]);
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {export.toUri().toURL()}, getClass().getClassLoader())) {
      Method classify =
          loader.loadClass("Classify").getMethod("classify", File.class, float[].class);
      return (String) classify.invoke(null, export.resolve("model.zip").toFile(), image);
    }
  }

  /** The confusion matrix that the run recorded is what the exported class counts anew. */
  @Test
  void itsJavaCompilesAndClassifiesAsTheRunDid(JavaSparkContext spark) throws Exception {
    String output = "output=" + folder.resolve("results");
    ExperimentResult run =
        Experiment.of(ConfigLoader.load(SMALL, "test", List.of(output))).on(spark).sweep();
    Path export = folder.resolve("best");

    BestModel.of(store(), run.runId()).write(export, Optional.of("lrsweep again"));

    Path source = export.resolve("Classify.java");
    ExportedJava.compile(source);
    JsonNode model = new ObjectMapper().readTree(export.resolve("model.json").toFile());
    List<String> classes = new ArrayList<>();
    model.get("classes").forEach(name -> classes.add(name.asText()));
    ImageSet images = GeneratedGarments.test(64).resized(16, 16);
    TreeMap<String, Long> counted = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      String found = classify(export, images.pixels(), i * 256, 256);
      counted.merge(images.label(i) + " as " + classes.indexOf(found), 1L, Long::sum);
    }
    TreeMap<String, Long> recorded = new TreeMap<>();
    for (ConfusionRow cell : store().read(Tables.CONFUSION, run.runId())) {
      if (cell.count() > 0) {
        recorded.put(cell.actualClass() + " as " + cell.predictedClass(), cell.count());
      }
    }
    assertThat(counted).isEqualTo(recorded);
    assertThat(model.at("/input").toString())
        .startsWith("{\"shape\":[\"batch\",1,16,16],")
        .endsWith("\"divide_by\":255}");
    assertThat(
            ConfigLoader.load(
                    Files.readString(export.resolve("experiment.conf")), "exported", List.of())
                .sweep()
                .epochs())
        .isOne();
    assertThat(Files.readString(export.resolve("README.md")))
        .startsWith("# small-cnn for generated-garments\n")
        .contains(
            "The network after epoch 1 of trial `trial-01` of run `" + run.runId(),
            "256 training and 64 test examples, SHA-256 `",
            "Learning rate: triangular, from 0.001 to 0.01, half a cycle of 2 steps (0.5 epochs),"
                + " batches of 64, seed 42. Range: given in the configuration. Precision: float.",
            "\"type\" : \"momentum\"",
            "| class | precision | recall | F1 | examples |",
            Files.readString(source).strip(),
            "```sh\nlrsweep again\n```");
  }

  private Path table(String name, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("far,near,label\n");
    for (int i = 0; i < rows; i++) {
      double far = 100 + 30 * random.nextGaussian();
      double near = random.nextGaussian();
      csv.append(far).append(',').append(near).append(',');
      csv.append((far - 100) / 30 + near > 0 ? "up" : "down").append('\n');
    }
    return Files.writeString(folder.resolve(name), csv);
  }

  /** The share of test rows that the exported class answers rightly is the run's test metric. */
  @Test
  void ofOwnDataItsJavaAnswersAsTheRunDid(JavaSparkContext spark) throws Exception {
    Path train = table("train.csv", 200, 1);
    Path test = table("test.csv", 50, 2);
    Path network =
        Files.writeString(
            folder.resolve("mlp.json"),
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(8).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(8)
                        .nOut(2)
                        .build())
                .build()
                .toJson());
    ExperimentResult run =
        Experiment.of(
                ConfigLoader.load(
                    """
                    lrsweep {
                      data { dataset = csv, validation = 0.2, scaling = standardize }
                      data.options { header = true, inferSchema = true }
                      batch-size = 16
                      optimizer.type = adam
                      sweep { policies = [constant], epochs = 2, max-lrs = [0.01] }
                    }
                    """,
                    "test",
                    List.of(
                        "data.train=" + train,
                        "data.test=" + test,
                        "model.network=" + network,
                        "output=" + folder.resolve("results"))))
            .on(spark)
            .sweep();
    Path export = folder.resolve("best");

    BestModel.of(store(), run.runId()).write(export, Optional.empty());

    ExportedJava.compile(export.resolve("Predict.java"));
    List<String> lines = Files.readAllLines(test);
    int right = 0;
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {export.toUri().toURL()}, getClass().getClassLoader())) {
      Method predict = loader.loadClass("Predict").getMethod("predict", File.class, float[].class);
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        float[] example = {Float.parseFloat(cells[0]), Float.parseFloat(cells[1])};
        Map<?, ?> answers =
            (Map<?, ?>) predict.invoke(null, export.resolve("model.zip").toFile(), example);
        assertThat(answers.keySet()).hasToString("[down, up]");
        boolean up = (Float) answers.get("up") > (Float) answers.get("down");
        right += up == cells[2].equals("up") ? 1 : 0;
      }
    }
    TrialRow trial = store().read(Tables.TRIALS, run.runId()).get(0);
    assertThat(right / 50.0).isEqualTo(trial.testMetric());
    assertThat(
            new ObjectMapper().readTree(export.resolve("model.json").toFile()).at("/input/shape"))
        .hasToString("[\"batch\",2]");
    assertThat(Files.readString(export.resolve("Predict.java")))
        .contains("COLUMNS = List.of(\"far\", \"near\")");
    assertThat(Files.readString(export.resolve("README.md")))
        .contains("Accuracy on the 50 test examples, which chose nothing: ", "`Predict.java`");
  }

  /** What can't be known of other data is not said. */
  @Test
  void ofOtherDataItSaysTheConfigurationAndNoJava() throws Exception {
    SampleRun sample = new SampleRun("r1", 2, 3);
    sample.write(store(), 0);
    RunRow run = sample.run();
    store()
        .commitRun(
            new RunRow(
                "r1",
                run.status(),
                run.startedAt(),
                run.finishedAt(),
                run.appVersion(),
                run.sparkVersion(),
                run.master(),
                "{\"data\":{\"dataset\":\"csv\",\"validation\":0.1},\"model\":{\"network\":\"hdfs://h/nets/own.json\"}}",
                "my <table>",
                "0a",
                10,
                10,
                1,
                1,
                1));
    store().replaceTrial(Tables.TRIALS, "r1", "trial-01", List.of(trial()));
    Path export = folder.resolve("best");

    BestModel.of(store(), "r1").write(export, Optional.empty());

    assertThat(export.resolve("model.zip")).hasBinaryContent(new byte[] {1});
    assertThat(export.resolve("Classify.java")).doesNotExist();
    assertThat(new ObjectMapper().readTree(export.resolve("model.json").toFile()).get("input"))
        .hasToString("{\"data\":{\"dataset\":\"csv\",\"validation\":0.1}}");
    assertThat(Files.readString(export.resolve("README.md")))
        .startsWith("# own.json for my &lt;table>\n")
        .contains("Learning rate: constant, at most 0.1, batches of 4, seed 1.")
        .contains(
            "Accuracy on the validation examples (`data.validation` is 0.1): 50.00 %. The epoch")
        .contains("The run was made from Java; `experiment.conf` is its whole configuration.")
        .doesNotContain("Classify", "| class |");
  }

  private TrialRow trial() {
    String model = store().modelDirectory("r1", "trial-01") + "/best.zip";
    store().writeFile(model, out -> out.write(1));
    return new TrialRow(
        "r1",
        "trial-01",
        "constant",
        2,
        6,
        0.1,
        0.1,
        4,
        2,
        1,
        TrialStatus.COMPLETED,
        null,
        1,
        0.5,
        0.4,
        1.0,
        null,
        null,
        model,
        Metric.ACCURACY.label(),
        0.5,
        null,
        null);
  }

  @Test
  void aRunWithoutANetworkIsRefused() {
    new SampleRun("r1", 2, 3).write(store(), 0);

    assertThatThrownBy(() -> BestModel.of(store(), "r1"))
        .isInstanceOf(NoModelException.class)
        .hasMessage(
            "Run r1 has no trial with a network of its best epoch; train some, or export another"
                + " run");
  }
}
