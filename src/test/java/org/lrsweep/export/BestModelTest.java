package org.lrsweep.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.garments.GeneratedGarments;
import org.lrsweep.experiment.Experiment;
import org.lrsweep.experiment.ExperimentResult;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.SampleRun;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.testing.Jars;
import org.lrsweep.testing.LocalSpark;
import org.nd4j.linalg.api.ndarray.INDArray;

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

    String classPath =
        Jars.of(ComputationGraph.class, INDArray.class).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path source = export.resolve("Classify.java");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-cp", classPath, source.toString());
    assertThat(compiled).as("exit code of javac").isZero();
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
            "50.00 % of the validation examples (`data.validation` is 0.1) are classified right.")
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
        model);
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
