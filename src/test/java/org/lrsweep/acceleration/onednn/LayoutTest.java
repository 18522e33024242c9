package org.lrsweep.acceleration.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lrsweep.acceleration.AccelerationTest.gradients;
import static org.lrsweep.acceleration.NetworkComparison.TOLERANCE;
import static org.lrsweep.acceleration.NetworkComparison.assertClose;
import static org.lrsweep.acceleration.NetworkComparison.assertSameGradients;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.acceleration.AccelerationTest;
import org.lrsweep.acceleration.NetworkComparison;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Layers that hand each other images in different layouts, and who sees which. */
class LayoutTest {

  private static final int BATCH = 4;
  private static final int SIZE = 9;

  /** Multiples of 16 go in blocks, 32 and more by Winograd, others channels last. */
  @ParameterizedTest
  @CsvSource({
    "NCHW,  8,  5,  6", "NHWC,  8,  5,  6",
    "NCHW, 32, 32, 48", "NHWC, 32, 32, 48",
    "NCHW, 32, 48,  7", "NHWC, 32,  5, 64",
    "NCHW, 16, 40, 32", "NCHW, 40, 32, 32"
  })
  void severalReadersOfOneLayerAddUpTheirGradients(
      CNN2DFormat format, int top, int left, int middle) {
    ComputationGraph stock = network(diamond(format, top, left, middle));
    ComputationGraph fast = copy(stock);
    DataSet batch = batch(format);

    assertThat(Acceleration.accelerate(fast).isComplete()).isTrue();
    gradients(stock, batch);
    gradients(fast, batch);

    assertSameGradients(fast.gradient(), stock.gradient(), TOLERANCE);
    INDArray images = batch.getFeatures();
    assertClose("output", fast.outputSingle(images), stock.outputSingle(images));
  }

  @ParameterizedTest
  @CsvSource({"NCHW, ENABLED", "NHWC, ENABLED", "NCHW, NONE", "NHWC, NONE"})
  void aStockReaderGetsWhatAStockLayerWouldPutOut(CNN2DFormat format, WorkspaceMode mode) {
    GraphBuilder graph = diamond(format, 32, 32, 48);
    graph.addLayer("soft", new ActivationLayer(Activation.SOFTSIGN), "top");
    graph.addLayer("bent", convolution(format, 32), "soft");
    graph.addLayer("side", new OutputLayer.Builder().nOut(10).build(), "bent");
    graph.setOutputs("out", "side");
    ComputationGraph stock = network(graph);
    ComputationGraph fast = copy(stock);
    for (ComputationGraph net : new ComputationGraph[] {stock, fast}) {
      net.getConfiguration().setTrainingWorkspaceMode(mode);
      net.getConfiguration().setInferenceWorkspaceMode(mode);
    }
    DataSet batch = batch(format);

    assertThat(Acceleration.accelerate(fast).summary()).contains("soft (ActivationLayer");
    Inputs inputs = new Inputs();
    fast.setListeners(inputs);
    for (ComputationGraph net : new ComputationGraph[] {stock, fast}) {
      net.setInputs(batch.getFeatures());
      net.setLabels(batch.getLabels(), batch.getLabels());
      net.computeGradientAndScore();
    }

    assertSameGradients(fast.gradient(), stock.gradient(), TOLERANCE);
    INDArray[] expected = stock.output(batch.getFeatures());
    INDArray[] found = fast.output(batch.getFeatures());
    assertClose("out", found[0], expected[0]);
    assertClose("side", found[1], expected[1]);
    INDArray read = inputs.seen.get("soft");
    assertThat(read.stride())
        .as("strides of what the stock layer reads")
        .isEqualTo(Nd4j.createUninitialized(read.shape()).stride());
  }

  @ParameterizedTest
  @CsvSource({"NCHW", "NHWC"})
  void aListenerSeesTheActivationsOfStockLayers(CNN2DFormat format) {
    ComputationGraph stock = network(diamond(format, 32, 32, 48));
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast);
    Activations expected = new Activations();
    Activations found = new Activations();
    stock.setListeners(expected);
    fast.setListeners(found);

    DataSet batch = batch(format);
    gradients(stock, batch);
    gradients(fast, batch);

    assertThat(found.seen).containsOnlyKeys(expected.seen.keySet()).containsKey("merge");
    expected.seen.forEach((name, values) -> assertClose(name, found.seen.get(name), values));
    assertSameGradients(fast.gradient(), stock.gradient(), TOLERANCE);
  }

  @Test
  void theCallerGetsTheActivationsOfStockLayers() {
    ComputationGraph stock = network(diamond(CNN2DFormat.NCHW, 32, 32, 48));
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast);
    INDArray images = batch(CNN2DFormat.NCHW).getFeatures();

    Map<String, INDArray> expected = stock.feedForward(images, true);
    Map<String, INDArray> found = fast.feedForward(images, true);

    expected.forEach((name, values) -> assertClose(name, found.get(name), values));
  }

  @Test
  void nothingIsReorderedBetweenLayersInBlocks() {
    assumeTrue(
        (dnnl.dnnl_get_effective_cpu_isa() & dnnl.dnnl_cpu_isa_avx512_core)
            == dnnl.dnnl_cpu_isa_avx512_core,
        "Winograd's kernels and their blocks need AVX-512");
    ComputationGraph net = network(diamond(CNN2DFormat.NCHW, 32, 32, 48));
    Acceleration.accelerate(net);
    Inputs inputs = new Inputs();
    net.setListeners(inputs);

    gradients(net, batch(CNN2DFormat.NCHW));

    assertThat(inputs.seen.get("left").shape()).containsExactly(BATCH, 2, SIZE, SIZE, 16);
    assertThat(inputs.seen.get("right").shape()).containsExactly(BATCH, 2, SIZE, SIZE, 16);
    assertThat(inputs.seen.get("end").shape()).containsExactly(BATCH, 7, SIZE, SIZE, 16);
  }

  @Test
  void maximaInBlocksAreThoseChannelsLast() {
    ExecutionContext context = new ExecutionContext(() -> false);
    ImageBatch last = new ImageBatch(3, 32, SIZE, SIZE, Layout.CHANNELS_LAST);
    ImageBatch blocked = last.in(Layout.BLOCKED);
    INDArray images = Nd4j.rand(DataType.FLOAT, last.sizes()).permute(0, 2, 3, 1).dup('c');
    Window window =
        new Window(
            Nd4j.createUninitialized(DataType.FLOAT, last.sizes()),
            CNN2DFormat.NCHW,
            new int[] {3, 3},
            new int[] {2, 2},
            new int[] {0, 0},
            new int[] {1, 1},
            ConvolutionMode.Truncate);

    INDArray[] expected = pool(context, last, window, images);
    INDArray[] found = pool(context, blocked, window, reorder(context, images, last, blocked));

    ImageBatch pooled = window.output(last, 32);
    assertThat(reorder(context, found[0], pooled.in(Layout.BLOCKED), pooled))
        .isEqualTo(expected[0]);
    assertThat(reorder(context, found[1], blocked, last)).isEqualTo(expected[1]);
  }

  /** The maxima, and the gradient at the input where the maxima are their own gradient. */
  private static INDArray[] pool(
      ExecutionContext context, ImageBatch images, Window window, INDArray values) {
    PoolingPrimitives primitives =
        new PoolingPrimitives(context, images, window, algorithm.pooling_max);
    INDArray maxima = flat(primitives.output());
    INDArray gradient = flat(images);
    primitives.forward(Address.of(values), Address.of(maxima));
    primitives.backward(Address.of(maxima), Address.of(gradient));
    return new INDArray[] {maxima, gradient};
  }

  private static INDArray reorder(
      ExecutionContext context, INDArray values, ImageBatch from, ImageBatch to) {
    INDArray reordered = flat(to);
    Primitive.copy(context, from.description(), to.description())
        .at(dnnl.DNNL_ARG_FROM, Address.of(values))
        .at(dnnl.DNNL_ARG_TO, Address.of(reordered))
        .run();
    return reordered;
  }

  private static INDArray flat(ImageBatch images) {
    return Nd4j.createUninitialized(DataType.FLOAT, images.length());
  }

  private static final class Activations extends BaseTrainingListener {
    final Map<String, INDArray> seen = new HashMap<>();

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
      activations.forEach((name, values) -> seen.put(name, values.dup()));
    }
  }

  /** What the layers have read, without looking at activations as a listener. */
  private static final class Inputs extends BaseTrainingListener {
    final Map<String, INDArray> seen = new HashMap<>();

    @Override
    public void onBackwardPass(Model model) {
      for (Layer layer : ((ComputationGraph) model).getLayers()) {
        seen.put(layer.conf().getLayer().getLayerName(), layer.input());
      }
    }
  }

  /**
   * A layer that three others read, and their outputs merged. All are linear: rounding can not turn
   * a gradient to another maximum.
   */
  private static GraphBuilder diamond(CNN2DFormat format, int top, int left, int middle) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.convolutional(SIZE, SIZE, 3, format))
        .addLayer("top", convolution(format, top), "in")
        .addLayer("left", convolution(format, left), "top")
        .addLayer("middle", convolution(format, middle), "top")
        .addLayer(
            "right",
            new SubsamplingLayer.Builder(PoolingType.AVG)
                .kernelSize(3, 3)
                .stride(1, 1)
                .convolutionMode(ConvolutionMode.Same)
                .dataFormat(format)
                .build(),
            "top")
        .addVertex("merge", new MergeVertex(), "left", "middle", "right")
        .addLayer("end", convolution(format, 32), "merge")
        .addLayer("out", new OutputLayer.Builder().nOut(10).build(), "end")
        .setOutputs("out");
  }

  private static ConvolutionLayer convolution(CNN2DFormat format, int filters) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(filters)
        .convolutionMode(ConvolutionMode.Same)
        .activation(Activation.IDENTITY)
        .dataFormat(format)
        .build();
  }

  private static ComputationGraph network(GraphBuilder graph) {
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  private static DataSet batch(CNN2DFormat format) {
    Nd4j.getRandom().setSeed(13);
    INDArray images = NetworkComparison.images(format, BATCH, 3, SIZE);
    return new DataSet(images, AccelerationTest.batch(BATCH).getLabels());
  }
}
