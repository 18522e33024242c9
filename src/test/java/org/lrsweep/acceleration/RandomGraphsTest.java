package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lrsweep.acceleration.NetworkComparison.assertClose;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Random graphs of accelerated and stock vertices, each of which any later one may read, against
 * the same on stock layers. The seed names the case; {@link RandomGraphsIT} tries more of them.
 */
class RandomGraphsTest {

  /** Batches of a network's steps: buffers grow, and are larger than needed. */
  private static final int[] BATCHES = {4, 7, 2};

  private static final int SIZE = 6;
  private static final int VERTICES = 12;

  /**
   * Of a gradient's norm. Where rounding lets a ReLU's input fall to the other side of zero, it
   * moves by up to 0.06 (the most of 1,000 graphs); one that goes astray, by far more.
   */
  private static final double GRADIENT_TOLERANCE = 0.1;

  /** The same where nothing rounds to another side. */
  private static final double LINEAR_TOLERANCE = 1e-4;

  private static final double LEARNING_RATE = 0.01;

  /** What rounding leaves where there is no gradient: of a norm's shift below another norm. */
  private static final double NO_GRADIENT = 1e-2;

  static IntStream seeds() {
    return IntStream.range(0, 16);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void trainAsStock(int seed) {
    assertTrainAsStock(seed);
  }

  /** In which a contribution that is small, but lost, shows. */
  @ParameterizedTest
  @MethodSource("seeds")
  void trainAsStockWithinRoundingWhereAllIsLinear(int seed) {
    assertLinearOnesTrainAsStock(seed);
  }

  static void assertTrainAsStock(int seed) {
    assertTrainsAsStock(new Case(seed, Kind.ANY), GRADIENT_TOLERANCE);
  }

  static void assertLinearOnesTrainAsStock(int seed) {
    assertTrainsAsStock(new Case(seed, Kind.LINEAR), LINEAR_TOLERANCE);
  }

  private static void assertTrainsAsStock(Case c, double tolerance) {
    ComputationGraph stock = new ComputationGraph(c.configuration().build());
    stock.init();
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast);
    for (ComputationGraph network : List.of(stock, fast)) {
      c.prepare(network);
    }
    for (int batch : BATCHES) {
      INDArray images = c.images(batch);
      assertClose("training", output(fast, true, images), output(stock, true, images));
      if (c.isSafeInInference) {
        assertClose("inference", output(fast, false, images), output(stock, false, images));
      }
      for (ComputationGraph network : List.of(stock, fast)) {
        network.setInputs(images);
        network.setLabels(AccelerationTest.batch(batch).getLabels());
        network.computeGradientAndScore();
      }
      stock
          .gradient()
          .gradientForVariable()
          .forEach(
              (name, values) ->
                  assertSimilar(name, fast.gradient().getGradientFor(name), values, tolerance));
      INDArray next = stock.params().sub(stock.gradient().gradient().mul(LEARNING_RATE));
      stock.setParams(next);
      fast.setParams(next);
    }
  }

  private static void assertSimilar(
      String name, INDArray found, INDArray expected, double tolerance) {
    double norm = Math.max(NO_GRADIENT, expected.norm2Number().doubleValue());
    assertThat(found.sub(expected).norm2Number().doubleValue())
        .as("difference of the gradient of " + name)
        .isLessThan(tolerance * norm);
  }

  private static INDArray output(ComputationGraph network, boolean training, INDArray images) {
    return network.output(training, images)[0];
  }

  private enum Kind {
    ANY,
    LINEAR
  }

  private static final class Case {
    /** The choices of {@link #addAny} that keep a network linear. */
    private static final int[] LINEAR = {0, 1, 5, 6, 7};

    private record Made(String name, int channels) {}

    private final Random random;
    private final Kind kind;
    private final CNN2DFormat format;
    private final List<Made> made = new ArrayList<>();
    private final List<Made> readable = new ArrayList<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private final GraphBuilder graph;

    /**
     * Whether nothing else reads what an activation reads: in inference, stock ones write to it, so
     * that stock networks differ from themselves with and without workspaces.
     */
    final boolean isSafeInInference;

    Case(int seed, Kind kind) {
      random = new Random(seed);
      this.kind = kind;
      Nd4j.getRandom().setSeed(seed);
      format = oneOf(CNN2DFormat.values());
      isSafeInInference = random.nextBoolean();
      graph =
          new NeuralNetConfiguration.Builder()
              .seed(seed)
              .graphBuilder()
              .addInputs("in")
              .setInputTypes(InputType.convolutional(SIZE, SIZE, 3, format));
      made.add(new Made("in", 3));
      readable.add(made.get(0));
    }

    GraphBuilder configuration() {
      add(convolution(32), 32, made.get(0));
      while (made.size() < VERTICES) {
        addAny();
      }
      return graph
          .addVertex("all", new MergeVertex(), unread.toArray(String[]::new))
          .addLayer("end", convolution(16), "all")
          .addLayer("out", new OutputLayer.Builder().nOut(10).build(), "end")
          .setOutputs("out");
    }

    void prepare(ComputationGraph network) {
      boolean withWorkspaces = (made.size() + network.getNumLayers()) % 4 > 0;
      network
          .getConfiguration()
          .setTrainingWorkspaceMode(withWorkspaces ? WorkspaceMode.ENABLED : WorkspaceMode.NONE);
      if (network.getNumLayers() % 3 == 0) {
        network.setListeners(
            new BaseTrainingListener() {
              @Override
              public void onForwardPass(Model model, Map<String, INDArray> activations) {
                activations.values().forEach(INDArray::sumNumber);
              }
            });
      }
    }

    INDArray images(int batch) {
      return NetworkComparison.images(format, batch, 3, SIZE).subi(0.5);
    }

    private void addAny() {
      // Rather the newest, so that most vertices are read.
      Made below = readable.get(readable.size() - 1 - random.nextInt(Math.min(3, readable.size())));
      switch (kind == Kind.LINEAR ? LINEAR[random.nextInt(LINEAR.length)] : random.nextInt(8)) {
        case 0, 1 -> {
          int channels = oneOf(5, 16, 32, 32, 48);
          add(convolution(channels), channels, below);
        }
        case 2 -> add(new BatchNormalization.Builder().dataFormat(format).build(), below);
        case 3 -> addActivation(Activation.RELU, below);
        case 4 ->
            addActivation(
                oneOf(Activation.TANH, Activation.SIGMOID, Activation.SWISH, Activation.SOFTSIGN),
                below);
        case 5 ->
            add(
                new SubsamplingLayer.Builder(choice(PoolingType.AVG, PoolingType.MAX))
                    .kernelSize(3, 3)
                    .stride(1, 1)
                    .convolutionMode(ConvolutionMode.Same)
                    .dataFormat(format)
                    .build(),
                below);
        case 6 -> addMerge(below);
        default -> addSum(below);
      }
    }

    private void addActivation(Activation activation, Made below) {
      boolean unread = this.unread.contains(below.name());
      if (isSafeInInference && !unread) {
        return;
      }
      add(new ActivationLayer(activation), below);
      if (isSafeInInference) {
        readable.remove(below);
      }
    }

    private void addMerge(Made below) {
      Made other = readable.get(random.nextInt(readable.size()));
      graph.addVertex(nextName(), new MergeVertex(), other.name(), below.name());
      made(other.channels() + below.channels(), other, below);
    }

    private void addSum(Made below) {
      for (Made other : readable) {
        if (other.channels() == below.channels() && !other.equals(below)) {
          graph.addVertex(
              nextName(),
              new ElementWiseVertex(choice(ElementWiseVertex.Op.Add, ElementWiseVertex.Op.Product)),
              other.name(),
              below.name());
          made(below.channels(), other, below);
          return;
        }
      }
    }

    private ConvolutionLayer convolution(int channels) {
      int size = oneOf(1, 3, 3);
      return new ConvolutionLayer.Builder(size, size)
          .nOut(channels)
          .convolutionMode(ConvolutionMode.Same)
          .activation(choice(Activation.IDENTITY, oneOf(Activation.IDENTITY, Activation.RELU)))
          .dataFormat(format)
          .hasBias(false) // Under a norm it would have no gradient.
          .build();
    }

    private void add(org.deeplearning4j.nn.conf.layers.Layer layer, Made below) {
      add(layer, below.channels(), below);
    }

    private void add(org.deeplearning4j.nn.conf.layers.Layer layer, int channels, Made below) {
      graph.addLayer(nextName(), layer, below.name());
      made(channels, below);
    }

    private String nextName() {
      return "v" + made.size();
    }

    private void made(int channels, Made... read) {
      Arrays.stream(read).map(Made::name).forEach(unread::remove);
      unread.add(nextName());
      made.add(new Made(nextName(), channels));
      readable.add(made.get(made.size() - 1));
    }

    private <T> T choice(T linear, T other) {
      return kind == Kind.LINEAR ? linear : oneOf(linear, other);
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }
}
