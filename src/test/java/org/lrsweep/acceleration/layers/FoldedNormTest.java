package org.lrsweep.acceleration.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lrsweep.acceleration.NetworkComparison.assertClose;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lrsweep.acceleration.Acceleration;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Batch norms that the convolution before them does in inference. */
class FoldedNormTest {
  private static final int BATCH = 3;

  /** Of 32 channels, to go through Winograd's kernels too. */
  private record Shape(CNN2DFormat format, int filters, boolean bias, boolean logStd) {
    GraphBuilder graph() {
      return new NeuralNetConfiguration.Builder()
          .seed(3)
          .updater(new Sgd(0.05))
          .graphBuilder()
          .addInputs("in")
          .setInputTypes(InputType.convolutional(9, 8, 32, format))
          .addLayer("conv", convolution(), "in")
          .addLayer("norm", norm(), "conv");
    }

    ConvolutionLayer convolution() {
      return new ConvolutionLayer.Builder(3, 3)
          .nOut(filters)
          .hasBias(bias)
          .activation(Activation.IDENTITY)
          .dataFormat(format)
          .build();
    }

    BatchNormalization norm() {
      return new BatchNormalization.Builder()
          .dataFormat(format)
          .useLogStd(logStd)
          .eps(1e-3)
          .decay(0.7)
          .build();
    }

    DataSet batch() {
      INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, 5);
      for (int i = 0; i < BATCH; i++) {
        labels.putScalar(i, i % 5, 1);
      }
      return new DataSet(
          format == CNN2DFormat.NCHW
              ? Nd4j.rand(DataType.FLOAT, BATCH, 32, 9, 8)
              : Nd4j.rand(DataType.FLOAT, BATCH, 9, 8, 32),
          labels);
    }
  }

  static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (CNN2DFormat format : CNN2DFormat.values()) {
      for (int filters : new int[] {7, 32}) {
        for (boolean bias : new boolean[] {false, true}) {
          for (boolean logStd : new boolean[] {false, true}) {
            shapes.add(new Shape(format, filters, bias, logStd));
          }
        }
      }
    }
    return shapes;
  }

  private static ComputationGraph init(GraphBuilder builder) {
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    graph.setParam("norm_gamma", Nd4j.rand(graph.getParam("norm_gamma").shape()).addi(0.5));
    graph.setParam("norm_beta", Nd4j.rand(graph.getParam("norm_beta").shape()).subi(0.5));
    return graph;
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder().nOut(5).build();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void predictAsStockLayersDo(Shape shape) {
    ComputationGraph stock =
        init(shape.graph().addLayer("out", output(), "norm").setOutputs("out"));
    assertPredictsAsStockWhileTraining(stock, shape);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void predictAsStockLayersDoWithAReluBehind(Shape shape) {
    ComputationGraph stock =
        init(
            shape
                .graph()
                .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
                .addLayer("out", output(), "relu")
                .setOutputs("out"));
    assertPredictsAsStockWhileTraining(stock, shape);
  }

  /** Parameters and statistics change between the predictions. */
  private static void assertPredictsAsStockWhileTraining(ComputationGraph stock, Shape shape) {
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast);
    for (int step = 0; step < 3; step++) {
      DataSet batch = shape.batch();
      fast.setParams(stock.params());
      assertClose(
          "output",
          fast.outputSingle(batch.getFeatures()),
          stock.outputSingle(batch.getFeatures()));
      assertThat(convolution(fast).hasNormalized()).isTrue();
      stock.fit(batch);
    }
  }

  private static OneDnnConvolution convolution(ComputationGraph fast) {
    return (OneDnnConvolution) fast.getLayer("conv");
  }

  @Test
  void leaveActivationsThatTheCallerAsksForAsTheyAre() {
    Shape shape = shapes().get(0);
    ComputationGraph stock =
        init(shape.graph().addLayer("out", output(), "norm").setOutputs("out"));
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast);
    INDArray images = shape.batch().getFeatures();
    fast.outputSingle(images);

    for (String layer : List.of("conv", "norm", "out")) {
      assertClose(
          layer,
          fast.feedForward(images, false).get(layer),
          stock.feedForward(images, false).get(layer));
    }
  }

  @Test
  void leaveAConvolutionThatOthersReadTooAsItIs() {
    Shape shape = shapes().get(0);
    ComputationGraph stock =
        init(
            shape
                .graph()
                .addLayer("out", output(), "norm")
                .addLayer("other", output(), "conv")
                .setOutputs("out", "other"));
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast);
    INDArray images = shape.batch().getFeatures();

    INDArray[] found = fast.output(images);

    INDArray[] expected = stock.output(images);
    assertThat(found).hasSize(2);
    assertThat(convolution(fast).hasNormalized()).isFalse();
    for (int i = 0; i < found.length; i++) {
      assertClose("output " + i, found[i], expected[i]);
    }
  }
}
