package org.lrsweep.network.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.network.NetworkSpec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** What a Keras model says of its training: which layers, by which optimizer and loss. */
class KerasSettingsTest {
  private static final NetworkLoader LOADER = new NetworkLoader(new Configuration());
  private static final String ADAM =
      "{\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.001}}";
  private static final String LOSS = "\"categorical_crossentropy\"";

  @TempDir private Path folder;

  /** A convolution without bias and a batch norm that are not trained, and a layer that is. */
  private static String layers() {
    return """
    {"class_name": "Sequential", "config": {"layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 6, 5, 2]}},
      {"class_name": "Conv2D", "config": {"name": "convolution", "trainable": false,
        "filters": 3, "kernel_size": [2, 2], "use_bias": false, "activation": "linear"}},
      {"class_name": "BatchNormalization", "config": {"name": "norm", "trainable": false}},
      {"class_name": "ReLU", "config": {"name": "relu", "trainable": false}},
      {"class_name": "GlobalAveragePooling2D", "config": {"name": "pool"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 3, "activation": "softmax"}}
    ]}}
    """;
  }

  private Path saved(String loss, String optimizer) {
    Path path = folder.resolve("mine.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putAttribute("model_config", layers());
      file.putAttribute(
          "training_config", "{\"loss\": %s, \"optimizer_config\": %s}".formatted(loss, optimizer));
      WritableGroup weights = file.putGroup("model_weights");
      WritableGroup convolution = layer(weights, "convolution", "kernel");
      float[][][][] kernel = new float[2][2][2][3];
      for (int i = 0; i < 24; i++) {
        kernel[i / 12][i / 6 % 2][i / 3 % 2][i % 3] = (float) Math.sin(i);
      }
      convolution.putDataset("kernel", kernel);
      WritableGroup norm =
          layer(weights, "norm", "gamma", "beta", "moving_mean", "moving_variance");
      norm.putDataset("gamma", new float[] {1, 2, 3});
      norm.putDataset("beta", new float[] {4, 5, 6});
      norm.putDataset("moving_mean", new float[] {.7f, .8f, .9f});
      norm.putDataset("moving_variance", new float[] {1.1f, 1.2f, 1.3f});
      WritableGroup out = layer(weights, "out", "kernel", "bias");
      out.putDataset("kernel", new float[][] {{.1f, .2f, .3f}, {.3f, .2f, .1f}, {0, .1f, 0}});
      out.putDataset("bias", new float[] {0, .1f, .2f});
    }
    return path;
  }

  private static WritableGroup layer(WritableGroup weights, String name, String... arrays) {
    WritableGroup layer = weights.putGroup(name);
    layer.putAttribute("weight_names", arrays);
    return layer;
  }

  private static Map<String, byte[]> bits(ComputationGraph network) {
    Map<String, byte[]> bits = new TreeMap<>();
    network
        .paramTable()
        .forEach((name, values) -> bits.put(name, values.dup('c').data().asBytes()));
    return bits;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void weightsAndStatisticsOfFrozenLayersStay(boolean underAnotherOptimizer) {
    LoadedNetwork loaded = LOADER.load(saved(LOSS, ADAM).toString());
    NetworkSpec spec =
        underAnotherOptimizer
            ? loaded.spec().withUpdater(new Adam(0.01)).withWeightDecay(0.1)
            : loaded.spec();
    ComputationGraph network = spec.build();
    network.params().assign(Nd4j.createFromArray(loaded.state().orElseThrow().parameters()));
    Map<String, byte[]> before = bits(network);
    INDArray images = Nd4j.linspace(-1, 3, 4 * 60, DataType.FLOAT).reshape(4, 2, 6, 5);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 4, 3);
    labels.getColumn(1).assign(1);

    network.fit(new INDArray[] {images}, new INDArray[] {labels});
    network.fit(new INDArray[] {images}, new INDArray[] {labels});

    assertThat(network.getParam("norm_mean").toFloatVector()).containsExactly(.7f, .8f, .9f);
    assertThat(network.getParam("norm_var").toFloatVector()).containsExactly(1.1f, 1.2f, 1.3f);
    bits(network)
        .forEach(
            (name, values) ->
                assertThat(Arrays.equals(values, before.get(name)))
                    .as(name + " is the same")
                    .isEqualTo(!name.startsWith("out")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Adam | clipnorm | 1.0",
        "Adam | clipvalue | 0.5",
        "Adam | global_clipnorm | 2.0",
        "Adam | weight_decay | 0.004",
        "Adam | amsgrad | true",
        "Adam | use_ema | true",
        "RMSprop | momentum | 0.9",
        "RMSprop | centered | true",
        "SGD | gradient_accumulation_steps | 4"
      })
  void anOptimizersSettingThatWouldBeLostIsNamed(String type, String key, String value) {
    String optimizer =
        "{\"class_name\": \"%s\", \"config\": {\"learning_rate\": 0.001, \"%s\": %s}}"
            .formatted(type, key, value);

    assertThat(LOADER.load(saved(LOSS, optimizer).toString()).withoutOptimizer())
        .hasValue(
            "the Keras model's optimizer %s has %s = %s, which LRSweep doesn't read"
                .formatted(type, key, value));
  }

  /** As Keras 3 writes an Adam without any of them. */
  @Test
  void settingsThatAreOffAreNoHindrance() {
    String optimizer =
        """
        {"class_name": "Adam", "config": {"learning_rate": 0.001, "weight_decay": null,
          "clipnorm": null, "global_clipnorm": null, "clipvalue": null, "use_ema": false,
          "ema_momentum": 0.99, "ema_overwrite_frequency": null, "loss_scale_factor": null,
          "gradient_accumulation_steps": null, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-07,
          "amsgrad": false}}
        """;
    String loss =
        "{\"class_name\": \"CategoricalCrossentropy\", \"config\": {\"label_smoothing\": 0.0}}";

    assertThat(LOADER.load(saved(loss, optimizer).toString()).withoutOptimizer()).isEmpty();
    String sgd = "{\"class_name\": \"SGD\", \"config\": {\"momentum\": 0.9, \"weight_decay\": 0}}";
    assertThat(LOADER.load(saved(LOSS, sgd).toString()).withoutOptimizer()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CategoricalCrossentropy, label_smoothing, 0.1",
    "SparseCategoricalCrossentropy, ignore_class, 0",
    "SparseCategoricalCrossentropy, ignore_class, -1",
    "CategoricalCrossentropy, reduction, '\"sum\"'"
  })
  void aLossesSettingThatWouldBeLostIsNamed(String type, String key, String value) {
    String loss = "{\"class_name\": \"%s\", \"config\": {\"%s\": %s}}".formatted(type, key, value);
    Path file = saved(loss, ADAM);

    assertThatThrownBy(() -> LOADER.load(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ": the Keras model's loss has %s = %s, which LRSweep doesn't have; compile the model without it and save it again"
                    .formatted(key, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "[0.5]", "{\"out\": 3}", "[[1.0, 0.0]]"})
  void weightsOfLossesAreRefused(String weights) {
    Path file = saved(LOSS + ", \"loss_weights\": " + weights, ADAM);

    assertThatThrownBy(() -> LOADER.load(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": the Keras model's loss has loss_weights = ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1.0", "[1.0]", "{\"out\": 1}"})
  void weightsOfOneAreNoHindrance(String weights) {
    Path file = saved(LOSS + ", \"loss_weights\": " + weights, ADAM);

    assertThat(LOADER.load(file.toString()).state()).isPresent();
  }

  /** The HDF5 library's own exceptions are no sentences for a user. */
  @Test
  void aFileThatEndsAmidItsWeightsIsNamed() throws IOException {
    Path file = saved(LOSS, ADAM);
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int length = 64; length < whole.length; length += 64) {
      Files.write(file, Arrays.copyOf(whole, length));

      Throwable thrown = catchThrowable(() -> LOADER.load(file.toString()));

      if (thrown != null) {
        refused++;
        assertThat(thrown)
            .as(length + " of " + whole.length + " bytes")
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(file.toString());
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 64 / 2);
  }
}
