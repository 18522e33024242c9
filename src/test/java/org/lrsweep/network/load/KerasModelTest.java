package org.lrsweep.network.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.InputFit;
import org.lrsweep.network.LayerUpdaters;
import org.lrsweep.network.NetworkSpec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** Keras models, against what NumPy computes from their weights in Keras' own layout. */
class KerasModelTest {
  private static final NetworkLoader LOADER = new NetworkLoader(new Configuration());

  /** What keras-functional.py printed. */
  private static final double[] FUNCTIONAL = {0.244717698, 0.590761695, 0.164520607};

  /** What keras-layers.py printed. */
  private static final double[] LAYERS = {0.650967354, 0.265047538, 0.0839851079};

  /** What keras-sequences.py printed. */
  private static final double[] STEPS = {0.29036238, 0.299941552, 0.409696068};

  private static final double[] WORDS = {0.254356225, 0.165380412, 0.580263363};

  @TempDir private Path folder;

  private static ComputationGraph network(LoadedNetwork loaded) {
    ComputationGraph network = loaded.spec().build();
    loaded.state().orElseThrow().restore(network);
    return network;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = KerasModelTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private LoadedNetwork functional(int version) throws IOException {
    return resourceModel("keras-" + version + "-functional.h5");
  }

  private LoadedNetwork resourceModel(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, resource(name));
    return LOADER.load(file.toString());
  }

  private static void assertPredictions(INDArray outputs, double[] expected) {
    assertThat(outputs.length()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(outputs.getDouble(i)).as("output " + i).isEqualTo(expected[i], within(1e-5));
    }
  }

  /** The file's folder is not the project's: the models are others'. */
  @Test
  @EnabledIfEnvironmentVariable(named = "KERAS_MODELS_DIR", matches = ".+")
  void savedModelsOfKeras2And3PredictAsInKeras() throws IOException {
    List<String> lines =
        new String(resource("keras-predictions.csv"), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(4);
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      LoadedNetwork loaded = LOADER.load(System.getenv("KERAS_MODELS_DIR") + "/" + cells[0]);
      int number = Integer.parseInt(cells[1]);
      INDArray image = Nd4j.zeros(DataType.FLOAT, 1, 1, 28, 28);
      for (int y = 0; y < 28; y++) {
        for (int x = 0; x < 28; x++) {
          image.putScalar(new long[] {0, 0, y, x}, ((31 * number + 7 * y + 13 * x) % 256) / 255.0);
        }
      }

      INDArray outputs = network(loaded).outputSingle(image);

      assertPredictions(
          outputs,
          Arrays.stream(cells, 2, cells.length).mapToDouble(Double::parseDouble).toArray());
      assertThat(LayerUpdaters.training(loaded.spec().configuration()).get(0).updater())
          .as("the optimizer that it was compiled with")
          .isEqualTo(new Adam(0.0010000000474974513, 0.9, 0.999, 1e-7));
      assertThat(loaded.withoutOptimizer()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void functionalModelsPredictAsInKeras(int version) throws IOException {
    assertPredictions(network(functional(version)).outputSingle(image()), FUNCTIONAL);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void layersOfManyKindsPredictAsInKeras(int version) throws IOException {
    ComputationGraph network = network(resourceModel("keras-" + version + "-layers.h5"));

    assertPredictions(network.outputSingle(image()), LAYERS);
    Acceleration.accelerate(network);
    assertPredictions(network.outputSingle(image()), LAYERS);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void sequencesPredictAsInKeras(int version) throws IOException {
    ComputationGraph network = network(resourceModel("keras-" + version + "-steps.h5"));
    INDArray steps = Nd4j.zeros(DataType.FLOAT, 1, 2, 7);
    for (int t = 0; t < 7; t++) {
      for (int c = 0; c < 2; c++) {
        steps.putScalar(new long[] {0, c, t}, ((7 * t + 13 * c) % 16) / 15.0);
      }
    }

    assertPredictions(network.outputSingle(steps), STEPS);
    Acceleration.accelerate(network);
    assertPredictions(network.outputSingle(steps), STEPS);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void embeddedWordsPredictAsInKeras(int version) throws IOException {
    ComputationGraph network = network(resourceModel("keras-" + version + "-words.h5"));
    INDArray words = Nd4j.zeros(DataType.FLOAT, 1, 8);
    for (int i = 0; i < 8; i++) {
      words.putScalar(0, i, (5 * i + 2) % 11);
    }

    assertPredictions(network.outputSingle(words), WORDS);
    Acceleration.accelerate(network);
    assertPredictions(network.outputSingle(words), WORDS);
  }

  @Test
  void networksOfSequencesFitTheirData() throws IOException {
    NetworkSpec steps = resourceModel("keras-3-steps.h5").spec();
    NetworkSpec words = resourceModel("keras-3-words.h5").spec();

    assertThat(InputFit.outputShape(InputFit.fitted(steps, 2, 9), 2, 9)).containsExactly(3);
    assertThat(InputFit.outputShape(InputFit.fitted(words, 8), 8)).containsExactly(3);
    assertThat(words.parameters()).as("11 words of 4, 2 x 4 x 3, 3 x 3 and biases").isEqualTo(83);
  }

  private static INDArray image() {
    INDArray image = Nd4j.zeros(DataType.FLOAT, 1, 2, 6, 5);
    for (int c = 0; c < 2; c++) {
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 5; x++) {
          image.putScalar(new long[] {0, c, y, x}, ((7 * y + 13 * x + 29 * c) % 64) / 63.0);
        }
      }
    }
    return image;
  }

  @Test
  void whatIsNotTrainedInKerasIsFrozenAndPenaltiesAreKerass() throws IOException {
    LoadedNetwork loaded = functional(3);

    var vertices = loaded.spec().configuration().getVertices();
    assertThat(((LayerVertex) vertices.get("point")).getLayerConf().getLayer())
        .isInstanceOf(FrozenLayer.class);
    BaseLayer hidden = (BaseLayer) ((LayerVertex) vertices.get("hidden")).getLayerConf().getLayer();
    assertThat(hidden.getRegularization())
        .as("Keras adds 0.01 w^2, Deeplearning4j half its coefficient times w^2")
        .containsExactly(new L2Regularization(0.02));
    assertThat(loaded.withoutOptimizer())
        .hasValue("the Keras model was not compiled, so it has no optimizer");
  }

  private static KerasGraph graph(String layers) throws IOException {
    return KerasGraph.of(
        new ObjectMapper()
            .readTree(
                "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [" + layers + "]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"class_name\": \"Lambda\", \"config\": {\"name\": \"own\"}}",
        "{\"class_name\": \"Conv2D\", \"config\": {\"name\": \"own\", \"filters\": 4, \"groups\":"
            + " 2}}",
        "{\"class_name\": \"Conv2D\", \"config\": {\"name\": \"own\", \"data_format\":"
            + " \"channels_first\"}}",
        "{\"class_name\": \"Dense\", \"config\": {\"name\": \"own\", \"units\": 4}}",
        "{\"class_name\": \"Conv1D\", \"config\": {\"name\": \"own\", \"filters\": 4}}",
        "{\"class_name\": \"LayerNormalization\", \"config\": {\"name\": \"own\"}}",
        "{\"class_name\": \"ELU\", \"config\": {\"name\": \"own\", \"alpha\": 2.0}}",
        "{\"class_name\": \"UpSampling2D\", \"config\": {\"name\": \"own\", \"interpolation\":"
            + " \"bilinear\"}}",
        "{\"class_name\": \"Conv2DTranspose\", \"config\": {\"name\": \"own\", \"filters\": 4,"
            + " \"kernel_size\": 2, \"strides\": 3}}",
        "{\"class_name\": \"Conv2DTranspose\", \"config\": {\"name\": \"own\", \"filters\": 4,"
            + " \"kernel_size\": 2, \"output_padding\": 1}}",
        "{\"class_name\": \"SeparableConv2D\", \"config\": {\"name\": \"own\", \"filters\": 4,"
            + " \"pointwise_regularizer\": {}}}",
        "{\"class_name\": \"BatchNormalization\", \"config\": {\"name\": \"own\", \"scale\":"
            + " false}}",
        "{\"class_name\": \"Activation\", \"config\": {\"name\": \"own\", \"activation\":"
            + " \"gelu\"}}"
      })
  void aLayerThatCannotBeHadIsNamed(String layer) throws IOException {
    KerasGraph.KerasLayer own = graph(layer).layers().get("own");

    assertThatThrownBy(() -> KerasLayers.of(own, KerasTensor.images("in", 8, 8, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "layer \"own\" (" + own.type() + ") can't be had in Deeplearning4j: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GRU | units | a sequence to read",
        "LSTM | go_backwards | go_backwards",
        "LSTM | stateful | stateful",
        "LSTM | recurrent_activation | recurrent_activation hard_sigmoid",
        "LSTM | activation | activation hard_sigmoid",
        "LSTM | use_bias | use_bias = false",
        "LSTM | recurrent_regularizer | recurrent_regularizer",
        "LayerNormalization | epsilon | a sequence to read",
        "Conv2D | padding | a sequence to read",
        "Dense | units | a sequence to read",
        "Softmax | axis | a sequence to read",
        "Embedding | output_dim | no row of numbers to read",
        "AveragePooling1D | padding | padding"
      })
  void aLayerOfSequencesThatCannotBeHadIsNamed(String type, String key, String why)
      throws IOException {
    String value =
        switch (key) {
          case "recurrent_activation", "activation", "padding" ->
              type.equals("LSTM") ? "\"hard_sigmoid\"" : "\"same\"";
          case "use_bias" -> "false";
          case "recurrent_regularizer" -> "{}";
          case "units", "epsilon", "axis", "output_dim" -> "4";
          default -> "true";
        };
    KerasGraph.KerasLayer own =
        graph(
                "{\"class_name\": \"%s\", \"config\": {\"name\": \"own\", \"%s\": %s}}"
                    .formatted(type, key, value))
            .layers()
            .get("own");

    assertThatThrownBy(() -> KerasLayers.of(own, KerasTensor.sequence("in", 8, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("layer \"own\" (" + type + ") can't be had in Deeplearning4j: ")
        .hasMessageContaining(why);
  }

  @Test
  void aFileThatIsNoKerasModelIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("no.h5"), "no HDF5");

    assertThatThrownBy(() -> LOADER.load(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + " can't be read: it is no HDF5 file (");
  }
}
