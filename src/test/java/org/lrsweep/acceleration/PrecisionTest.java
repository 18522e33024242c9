package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lrsweep.acceleration.onednn.Precision;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Networks in bfloat16 against the same on stock layers, in float. On a CPU without AVX-512 the
 * tests are skipped, but for the one of the refusal there.
 */
class PrecisionTest {
  /**
   * Of the norm of what a network of few layers puts out, and of its gradients. A bfloat16 is off
   * by up to 2^-9 of its value, which adds up from layer to layer.
   */
  private static final double TOLERANCE = 0.04;

  /**
   * The same where there are ReLUs and maxima: those that the rounding turns lead a gradient
   * another way. The most seen was 0.1; one that goes astray is off by far more.
   */
  private static final double TOLERANCE_OF_CHOICES = 0.2;

  private static final Set<String> WITH_CHOICES =
      Set.of("relu", "norm-relu", "maximum", "several-readers");

  /** No less than this, or it was float that computed. */
  private static final double LEAST = 1e-5;

  private static void assumeSupported() {
    assumeTrue(
        Precision.BFLOAT16.isSupported(), "oneDNN has bfloat16 kernels for CPUs with AVX-512 only");
  }

  static Stream<String> layers() {
    return Stream.of(
            "convolution",
            "strided",
            "1x1",
            "relu",
            "swish",
            "depthwise",
            "separable",
            "transposed",
            "norm",
            "norm-relu",
            "maximum",
            "average",
            "tanh",
            "dropout",
            "merge",
            "sum",
            "several-readers",
            "stock-between")
        .flatMap(layer -> IntStream.range(0, 4).mapToObj(seed -> layer + " " + seed));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layersComputeAsInFloatButForRounding(String layerAndSeed) {
    assumeSupported();
    String[] parts = layerAndSeed.split(" ", 2);
    Case c = new Case(Integer.parseInt(parts[1]));
    ComputationGraph stock = c.network(parts[0]);
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast, Precision.BFLOAT16);
    INDArray images = c.images();

    double tolerance = WITH_CHOICES.contains(parts[0]) ? TOLERANCE_OF_CHOICES : TOLERANCE;
    assertNear("output", fast.outputSingle(images), stock.outputSingle(images), tolerance);

    learn(stock, c.data(images));
    learn(fast, c.data(images));
    stock
        .gradient()
        .gradientForVariable()
        .forEach(
            (name, values) -> {
              if (!name.endsWith("_mean")
                  && !name.endsWith("_var")
                  && !name.endsWith("log10stdev")) {
                assertNear(
                    "gradient of " + name, fast.gradient().getGradientFor(name), values, tolerance);
              }
            });
    assertThat(fast.gradient().gradient().dataType()).isEqualTo(DataType.FLOAT);
    assertThat(relativeDifference(fast.gradient().gradient(), stock.gradient().gradient()))
        .isGreaterThan(LEAST);
  }

  private static void learn(ComputationGraph network, DataSet data) {
    Nd4j.getRandom().setSeed(11);
    network.setInputs(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
  }

  private static void assertNear(String what, INDArray found, INDArray expected, double tolerance) {
    assertThat(found.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(relativeDifference(found, expected))
        .as("relative difference of " + what)
        .isLessThan(tolerance);
  }

  private static double relativeDifference(INDArray found, INDArray expected) {
    return found.sub(expected).norm2Number().doubleValue() / expected.norm2Number().doubleValue();
  }

  @Test
  void sequencesComputeAsInFloatButForRounding() {
    assumeSupported();
    MultiLayerNetwork stock =
        NetworkComparison.sequence(
            InputType.convolutional(9, 9, 16),
            NetworkComparison.convolution(CNN2DFormat.NCHW, 32),
            new BatchNormalization(),
            new ActivationLayer(Activation.TANH),
            NetworkComparison.convolution(CNN2DFormat.NCHW, 16),
            new GlobalPoolingLayer(PoolingType.AVG));
    MultiLayerNetwork fast = copy(stock);
    Acceleration.accelerate(fast, Precision.BFLOAT16);
    INDArray images = Nd4j.rand(DataType.FLOAT, 5, 16, 9, 9).subi(0.5);

    assertNear("output", fast.output(images), stock.output(images), TOLERANCE);
    assertNear(
        "output in training",
        fast.output(images, true).dup(),
        stock.output(images, true).dup(),
        TOLERANCE);
  }

  @Test
  void trainingGivesTheSameBitsFromRunToRunAndAfterAResume() {
    assumeSupported();
    Case c = new Case(7);
    DataSet data = c.data(c.images());
    ComputationGraph first = accelerated(c.network("several-readers"));
    ComputationGraph second = accelerated(copy(first));
    fit(first, data, 6);
    fit(second, data, 3);
    ComputationGraph resumed = copy(second);
    resumed.getUpdater().setStateViewArray(second.getUpdater().getStateViewArray().dup());
    fit(accelerated(resumed), data, 3);
    fit(second, data, 3);

    assertThat(second.params()).isEqualTo(first.params());
    assertThat(resumed.params()).isEqualTo(first.params());
    assertThat(first.params().dataType()).isEqualTo(DataType.FLOAT);
  }

  /**
   * The loss is float, and bfloat16 has float's range: small gradients are coarser, not nothing.
   */
  @Test
  void aLossNearZeroDoesNotVanish() {
    assumeSupported();
    Case c = new Case(5);
    INDArray images = c.images();
    ComputationGraph stock = sure(c.network("convolution"), images);
    DataSet right = new DataSet(images, ownAnswers(stock.outputSingle(images)));
    ComputationGraph fast = accelerated(copy(stock));

    double loss = fast.score(right, true);

    assertThat(loss).isBetween(1e-6, 1e-3);
    // The logarithm of a float next to 1 has few digits.
    assertThat(loss).isCloseTo(crossEntropy(fast.outputSingle(images)), withinPercentage(10));
    learn(stock, right);
    learn(fast, right);
    stock
        .gradient()
        .gradientForVariable()
        .forEach(
            (name, values) ->
                assertThat(norm(fast.gradient().getGradientFor(name)) / norm(values))
                    .as("gradient of " + name + ", relative to float's")
                    .isBetween(0.5, 2.0));
    double before = loss;
    fit(fast, right, 20);
    assertThat(fast.score(right, true)).isPositive().isLessThan(before);
  }

  private static double norm(INDArray array) {
    return array.norm2Number().doubleValue();
  }

  /** The network, whose answers to the images are scaled until it is nearly sure of them. */
  private static ComputationGraph sure(ComputationGraph network, INDArray images) {
    INDArray weights = network.getLayer("out").getParam("W");
    for (int i = 0; i < 100 && crossEntropy(network.outputSingle(images)) > 2e-4; i++) {
      weights.muli(1.2);
    }
    return network;
  }

  private static INDArray ownAnswers(INDArray outputs) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, outputs.shape());
    INDArray classes = outputs.argMax(1);
    for (int i = 0; i < outputs.rows(); i++) {
      labels.putScalar(i, classes.getInt(i), 1);
    }
    return labels;
  }

  /** Of the most likely classes, by what is left for the others: that is exact near 0. */
  private static double crossEntropy(INDArray outputs) {
    double sum = 0;
    for (int i = 0; i < outputs.rows(); i++) {
      double[] probabilities = outputs.getRow(i).toDoubleVector();
      double others =
          Arrays.stream(probabilities).sum() - Arrays.stream(probabilities).max().orElseThrow();
      sum -= Math.log1p(-others);
    }
    return sum / outputs.rows();
  }

  @Test
  void aListenerSeesFloatsAndChangesTrainingByRoundingAtMost() {
    assumeSupported();
    Case c = new Case(3);
    DataSet data = c.data(c.images());
    ComputationGraph alone = accelerated(c.network("several-readers"));
    ComputationGraph watched = copy(alone);
    List<INDArray> seen = new ArrayList<>();
    watched.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onForwardPass(Model model, Map<String, INDArray> activations) {
            seen.addAll(activations.values());
          }
        });
    accelerated(watched);
    fit(alone, data, 3);
    fit(watched, data, 3);

    assertThat(seen).isNotEmpty().allMatch(array -> array.dataType() == DataType.FLOAT);
    assertThat(relativeDifference(watched.params(), alone.params())).isLessThan(1e-3);
  }

  @Test
  void aCallerGetsFloats() {
    assumeSupported();
    Case c = new Case(4);
    ComputationGraph network = accelerated(c.network("merge"));

    assertThat(network.feedForward(c.images(), false).values())
        .allMatch(array -> array.dataType() == DataType.FLOAT)
        .allMatch(array -> array.rank() == 4 || array.rank() == 2);
  }

  private static ComputationGraph accelerated(ComputationGraph network) {
    Acceleration.accelerate(network, Precision.BFLOAT16);
    return network;
  }

  private static void fit(ComputationGraph network, DataSet data, int steps) {
    for (int step = 0; step < steps; step++) {
      network.fit(data);
    }
  }

  /** Accelerates a network in bfloat16, and prints why not. */
  public static void main(String[] arguments) {
    try {
      accelerated(new Case(1).network("convolution"));
      System.out.println("accelerated");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }

  @Test
  void isRefusedOnACpuWithoutAvx512(@TempDir Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            PrecisionTest.class.getName());
    builder.environment().put("DNNL_MAX_CPU_ISA", "AVX2");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(new File(log.toString())).start();

    assertThat(process.waitFor()).isZero();
    assertThat(log)
        .content()
        .contains(
            "precision bfloat16 needs a CPU with AVX-512 for oneDNN's kernels, which this one is"
                + " not: use float")
        .doesNotContain("accelerated");
  }

  /** A network of a layer between two convolutions, of random shape. */
  private static final class Case {
    private static final int CLASSES = 4;

    private final CNN2DFormat format;
    private final int batch;
    private final int channels;
    private final int size;
    private final int seed;

    Case(int seed) {
      this.seed = seed;
      Random random = new Random(seed);
      Nd4j.getRandom().setSeed(seed);
      format = random.nextBoolean() ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
      batch = 3 + random.nextInt(5);
      channels = random.nextInt(3) == 0 ? 9 + random.nextInt(12) : 16 * (1 + random.nextInt(4));
      size = 7 + random.nextInt(5);
    }

    INDArray images() {
      return NetworkComparison.images(format, batch, 3, size).subi(0.5);
    }

    DataSet data(INDArray images) {
      INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, CLASSES);
      for (int i = 0; i < batch; i++) {
        labels.putScalar(i, i % CLASSES, 1);
      }
      return new DataSet(images, labels);
    }

    ComputationGraph network(String layer) {
      GraphBuilder graph =
          new NeuralNetConfiguration.Builder()
              .seed(seed)
              .updater(new Nesterovs(0.01, 0.9))
              .graphBuilder()
              .addInputs("in")
              .setInputTypes(InputType.convolutional(size, size, 3, format))
              .addLayer("first", convolution(3, channels, Activation.IDENTITY), "in")
              .addLayer("below", convolution(3, channels, Activation.IDENTITY), "first");
      add(graph, layer);
      graph
          .addLayer("above", convolution(3, 16, Activation.IDENTITY), "layer")
          .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "above")
          .addLayer("out", new OutputLayer.Builder().nOut(CLASSES).build(), "pool")
          .setOutputs("out");
      ComputationGraph network = new ComputationGraph(graph.build());
      network.init();
      return network;
    }

    private void add(GraphBuilder graph, String layer) {
      switch (layer) {
        case "merge" ->
            graph
                .addLayer("side", convolution(1, 32, Activation.IDENTITY), "first")
                .addVertex("layer", new MergeVertex(), "below", "side");
        case "sum" ->
            graph.addVertex(
                "layer", new ElementWiseVertex(ElementWiseVertex.Op.Add), "below", "first");
        case "several-readers" ->
            graph
                .addLayer("norm", norm(), "below")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
                .addLayer("one", convolution(1, 16, Activation.IDENTITY), "relu")
                .addLayer("two", convolution(3, 32, Activation.RELU), "relu")
                .addLayer("three", pooling(PoolingType.MAX, ConvolutionMode.Same, 1), "relu")
                .addVertex("layer", new MergeVertex(), "one", "two", "three");
        case "norm-relu" ->
            graph
                .addLayer("norm", norm(), "below")
                .addLayer("layer", new ActivationLayer(Activation.RELU), "norm");
        case "stock-between" ->
            graph
                .addLayer("stock", new ActivationLayer(Activation.SOFTSIGN), "below")
                .addLayer("norm", norm(), "stock")
                .addVertex("layer", new MergeVertex(), "norm", "below");
        default -> graph.addLayer("layer", layer(layer), "below");
      }
    }

    private Layer layer(String name) {
      return switch (name) {
        case "convolution" -> convolution(3, 32, Activation.IDENTITY);
        case "1x1" -> convolution(1, 48, Activation.IDENTITY);
        case "relu" -> convolution(3, 24, Activation.RELU);
        case "swish" -> convolution(3, 24, Activation.SWISH);
        case "strided" ->
            new ConvolutionLayer.Builder(3, 3).stride(2, 2).nOut(32).dataFormat(format).build();
        case "depthwise" ->
            new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(1).dataFormat(format).build();
        case "separable" ->
            new SeparableConvolution2D.Builder(3, 3).nOut(32).dataFormat(format).build();
        case "transposed" ->
            new Deconvolution2D.Builder(2, 2).stride(2, 2).nOut(16).dataFormat(format).build();
        case "norm" -> norm();
        case "maximum" -> pooling(PoolingType.MAX, ConvolutionMode.Truncate, 2);
        case "average" -> pooling(PoolingType.AVG, ConvolutionMode.Truncate, 2);
        case "tanh" -> new ActivationLayer(Activation.TANH);
        case "dropout" -> new DropoutLayer.Builder().dropOut(new Dropout(0.9)).build();
        default -> throw new IllegalArgumentException(name);
      };
    }

    private BatchNormalization norm() {
      return new BatchNormalization.Builder().dataFormat(format).build();
    }

    private SubsamplingLayer pooling(PoolingType type, ConvolutionMode mode, int stride) {
      return new SubsamplingLayer.Builder(type)
          .kernelSize(3, 3)
          .stride(stride, stride)
          .convolutionMode(mode)
          .dataFormat(format)
          .build();
    }

    private ConvolutionLayer convolution(int kernel, int filters, Activation activation) {
      return new ConvolutionLayer.Builder(kernel, kernel)
          .nOut(filters)
          .convolutionMode(ConvolutionMode.Same)
          .activation(activation)
          .dataFormat(format)
          .hasBias(false) // Under a norm it would have no gradient.
          .build();
    }
  }
}
