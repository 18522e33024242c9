package org.lrsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class InputFitTest {

  private static NetworkSpec network(Layer first, InputType input) {
    var builder =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .updater(new Sgd(0.1))
            .graphBuilder()
            .addInputs("in")
            .addLayer("first", first, "in")
            .addLayer(
                "out",
                new OutputLayer.Builder().nIn(3).nOut(3).activation(Activation.SOFTMAX).build(),
                "first")
            .setOutputs("out");
    if (input != null) {
      builder.setInputTypes(input);
    }
    ComputationGraphConfiguration configuration = builder.build();
    return NetworkSpec.of(configuration);
  }

  private static NetworkSpec dense(int inputs) {
    return network(new DenseLayer.Builder().nIn(inputs).nOut(3).build(), null);
  }

  private static NetworkSpec convolution() {
    return network(
        new ConvolutionLayer.Builder(8, 8).nIn(2).nOut(3).build(),
        InputType.convolutional(8, 8, 2));
  }

  @Test
  void denseLayersReadImagesAsRowsOfNumbers() {
    NetworkSpec fitted = InputFit.fitted(dense(32), 2, 4, 4);

    INDArray images = Nd4j.linspace(0, 1, 5 * 32, DataType.FLOAT).reshape(5, 2, 4, 4);
    ComputationGraph network = fitted.build();
    assertThat(network.outputSingle(images))
        .isEqualTo(dense(32).build().outputSingle(images.reshape(5, 32)));
    assertThat(InputFit.outputShape(fitted, 2, 4, 4)).containsExactly(3);
  }

  @Test
  void aNetworkThatCannotBeBuiltIsRefused() {
    NetworkSpec sizeless = network(new DenseLayer.Builder().nIn(32).nOut(0).build(), null);

    assertThatThrownBy(() -> InputFit.outputShape(sizeless, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Deeplearning4j can't build the network: ")
        .hasMessageContaining("first");
  }

  @Test
  void theLayerIsNamedThatCannotReadTheExamples() {
    assertThatThrownBy(() -> InputFit.fitted(dense(30), 2, 4, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer \"first\" reads 30 numbers, the examples are of 2x4x4");
    assertThatThrownBy(() -> InputFit.fitted(convolution(), 1, 8, 8))
        .hasMessage("layer \"first\" reads images of 2 channels, the examples are of 1x8x8");
    assertThatThrownBy(() -> InputFit.fitted(convolution(), 128))
        .hasMessage("layer \"first\" reads images of 2 channels, the examples are of 128");
    NetworkSpec flat =
        network(
            new ConvolutionLayer.Builder(8, 8).nOut(3).build(),
            InputType.convolutionalFlat(8, 8, 2));
    assertThatThrownBy(() -> InputFit.fitted(flat, 2, 9, 9))
        .hasMessage("layer \"first\" reads images of 2x8x8, the examples are of 2x9x9");
    NetworkSpec recurrent = network(new LSTM.Builder().nIn(4).nOut(3).build(), null);
    assertThatThrownBy(() -> InputFit.fitted(recurrent, 4))
        .hasMessage("layer \"first\" reads sequences of 4 numbers a step, the examples are of 4");
  }

  /** Only a pass through the network shows that what is left of larger images is too much. */
  @Test
  void aLaterLayerThatCannotReadWhatComesIsNamedToo() {
    NetworkSpec fitted = InputFit.fitted(convolution(), 2, 16, 16);

    assertThatThrownBy(() -> InputFit.outputShape(fitted, 2, 16, 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("layer \"out\" can't read what comes of examples of 2x16x16: ");
  }
}
