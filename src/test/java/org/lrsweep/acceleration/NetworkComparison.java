package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Holds an accelerated network against the same network on stock layers. */
public final class NetworkComparison {

  /** Of the largest value of an array: single precision, and another order of summation. */
  public static final double TOLERANCE = 1e-4;

  /**
   * Through a whole network: where a ReLU's input is almost zero, its gradient may fall either way.
   */
  public static final double NETWORK_TOLERANCE = 2e-2;

  private NetworkComparison() {}

  public static ComputationGraph copy(ComputationGraph original) {
    ComputationGraph copy =
        new ComputationGraph(
            ComputationGraphConfiguration.fromJson(original.getConfiguration().toJson()));
    copy.init(original.params().dup(), false);
    return copy;
  }

  public static MultiLayerNetwork copy(MultiLayerNetwork original) {
    MultiLayerNetwork copy = new MultiLayerNetwork(original.getLayerWiseConfigurations().clone());
    copy.init(original.params().dup(), false);
    return copy;
  }

  /** Random images in a format's order of axes. */
  public static INDArray images(CNN2DFormat format, int batch, int channels, int size) {
    return format == CNN2DFormat.NCHW
        ? Nd4j.rand(DataType.FLOAT, batch, channels, size, size)
        : Nd4j.rand(DataType.FLOAT, batch, size, size, channels);
  }

  /** A linear convolution, to stand under a norm: a bias would have no gradient there. */
  public static ConvolutionLayer convolution(CNN2DFormat format, int filters) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(filters)
        .convolutionMode(ConvolutionMode.Same)
        .activation(Activation.IDENTITY)
        .dataFormat(format)
        .hasBias(false)
        .build();
  }

  /** Layers one after another, with random parameters. */
  public static MultiLayerNetwork sequence(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(5).updater(new Sgd(0.1)).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.setInputType(input).build());
    network.init();
    if (network.numParams() > 0) {
      network.setParams(Nd4j.rand(DataType.FLOAT, network.params().shape()).subi(0.3));
      network.paramTable().forEach(NetworkComparison::makeVariancePositive);
    }
    return network;
  }

  /**
   * Outputs in training and inference, the gradient at the input, and every parameter's gradient.
   */
  public static void assertBehavesAsStock(MultiLayerNetwork stock, INDArray input) {
    MultiLayerNetwork fast = copy(stock);
    AccelerationReport report = Acceleration.accelerate(fast);
    assertThat(report.isComplete()).as(report.summary()).isTrue();
    assertClose("inference", fast.output(input), stock.output(input));

    INDArray expected = train(stock, input);
    INDArray found = train(fast, input);
    assertClose("training", found, expected);
    INDArray errors = Nd4j.rand(DataType.FLOAT, expected.shape()).subi(0.4);
    Pair<Gradient, INDArray> expectedBack = backward(stock, errors);
    Pair<Gradient, INDArray> foundBack = backward(fast, errors);
    assertClose("gradient at the input", foundBack.getSecond(), expectedBack.getSecond());
    assertSameGradients(foundBack.getFirst(), expectedBack.getFirst(), TOLERANCE);
  }

  /**
   * Outputs, and against labels the score and every parameter's gradient, with the same dropout.
   */
  public static void assertLearnsAsStock(MultiLayerNetwork stock, INDArray input) {
    MultiLayerNetwork fast = copy(stock);
    AccelerationReport report = Acceleration.accelerate(fast);
    assertThat(report.isComplete()).as(report.summary()).isTrue();
    INDArray expected = stock.output(input);
    assertClose("output", fast.output(input), expected);

    INDArray labels = oneHot(expected.shape());
    learn(stock, input, labels, null);
    learn(fast, input, labels, null);
    assertThat(fast.score()).isCloseTo(stock.score(), withinPercentage(100 * TOLERANCE));
    assertSameGradients(fast.gradient(), stock.gradient(), TOLERANCE);

    if (input.size(0) == 1) {
      return; // A mask of one example is taken for one of outputs.
    }
    INDArray mask = Nd4j.rand(DataType.FLOAT, input.size(0), 1).gt(0.3).castTo(DataType.FLOAT);
    learn(stock, input, labels, mask);
    learn(fast, input, labels, mask);
    assertSameGradients(fast.gradient(), stock.gradient(), TOLERANCE);
  }

  private static INDArray oneHot(long... shape) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, shape);
    for (int i = 0; i < shape[0]; i++) {
      labels.putScalar(i, i % shape[1], 1);
    }
    return labels;
  }

  private static void learn(
      MultiLayerNetwork network, INDArray input, INDArray labels, INDArray mask) {
    Nd4j.getRandom().setSeed(11);
    network.setInput(input);
    network.setLabels(labels);
    network.setLayerMaskArrays(null, mask);
    network.computeGradientAndScore();
  }

  private static void makeVariancePositive(String name, INDArray values) {
    if (name.endsWith("_var")) {
      values.addi(0.4);
    }
  }

  private static INDArray train(MultiLayerNetwork network, INDArray input) {
    network.setInput(input);
    return network.feedForward(true, false).get(network.getnLayers());
  }

  private static Pair<Gradient, INDArray> backward(MultiLayerNetwork network, INDArray errors) {
    return network.backpropGradient(errors, LayerWorkspaceMgr.noWorkspaces());
  }

  public static void assertClose(String what, INDArray found, INDArray expected) {
    assertClose(what, found, expected, TOLERANCE);
  }

  private static void assertClose(
      String what, INDArray found, INDArray expected, double tolerance) {
    assertThat(found.shape()).as("shape of " + what).isEqualTo(expected.shape());
    // A bias before a batch norm has no gradient, only what rounding leaves of large sums.
    double scale = Math.max(1e-2, expected.amaxNumber().doubleValue());
    double difference = found.dup('c').sub(expected.dup('c')).amaxNumber().doubleValue();
    assertThat(difference).as("difference of " + what).isLessThan(tolerance * scale);
  }

  public static void assertSameGradients(Gradient found, Gradient expected, double tolerance) {
    assertThat(found.gradientForVariable().keySet())
        .containsExactlyInAnyOrderElementsOf(expected.gradientForVariable().keySet());
    expected
        .gradientForVariable()
        .forEach(
            (name, value) ->
                assertClose("gradient of " + name, found.getGradientFor(name), value, tolerance));
  }
}
