package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lrsweep.acceleration.NetworkComparison.TOLERANCE;
import static org.lrsweep.acceleration.NetworkComparison.assertClose;
import static org.lrsweep.acceleration.NetworkComparison.assertSameGradients;
import static org.lrsweep.acceleration.NetworkComparison.convolution;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Graphs in which arrays and gradients go more than one way, against the same on stock layers. */
class GraphsTest {

  private static final int BATCH = 3;
  private static final int SIZE = 8;

  @ParameterizedTest
  @EnumSource
  void residualBlocks(CNN2DFormat format) {
    assertTrainsAsStock(
        format,
        graph ->
            graph
                .addLayer("first", convolution(format, 32), "in")
                .addLayer("second", convolution(format, 32), "first")
                .addVertex(
                    "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "first", "second")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "sum")
                .addLayer("projection", convolution(format, 32), "relu")
                .addLayer("third", convolution(format, 32), "relu")
                .addVertex(
                    "end", new ElementWiseVertex(ElementWiseVertex.Op.Add), "projection", "third"));
  }

  /** The gradient at such a sum is that at both of its inputs, and one buffer for all of them. */
  @ParameterizedTest
  @EnumSource
  void sumsOfLayersThatOthersReadToo(CNN2DFormat format) {
    assertTrainsAsStock(
        format,
        graph ->
            graph
                .addLayer("a", convolution(format, 32), "in")
                .addLayer("b", norm(format), "a")
                .addVertex("ab", sum(), "a", "b")
                .addLayer("c", convolution(format, 32), "ab")
                .addVertex("abc", sum(), "a", "ab", "c")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "abc")
                .addVertex("twice", sum(), "relu", "relu")
                .addLayer("d", norm(format), "twice")
                .addLayer("e", norm(format), "ab")
                .addVertex("end", sum(), "d", "e"));
  }

  @ParameterizedTest
  @EnumSource
  void sumsOfStockLayersAndOfTheInput(CNN2DFormat format) {
    assertTrainsAsStock(
        format,
        graph ->
            graph
                .addLayer("a", convolution(format, 32), "in")
                .addLayer("soft", new ActivationLayer(Activation.SOFTSIGN), "a")
                .addVertex("sum", sum(), "a", "soft")
                .addLayer("b", convolution(format, 3), "sum")
                .addVertex("end", sum(), "b", "in"));
  }

  /** Of an image and its channels' averages; only a graph of unknown input types can have such. */
  @Test
  void sumsThatBroadcast() {
    ConvolutionLayer first = convolution(CNN2DFormat.NCHW, 32);
    first.setNIn(3);
    ConvolutionLayer last = convolution(CNN2DFormat.NCHW, 16);
    last.setNIn(32);
    SubsamplingLayer average =
        new SubsamplingLayer.Builder(PoolingType.AVG)
            .kernelSize(SIZE, SIZE)
            .stride(SIZE, SIZE)
            .build();
    ComputationGraph stock =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("in")
                .addLayer("a", first, "in")
                .addLayer("b", new BatchNormalization.Builder().nIn(32).nOut(32).build(), "a")
                .addLayer("average", average, "a")
                .addVertex("sum", sum(), "b", "average")
                .addLayer("last", last, "sum")
                .addLayer("end", new GlobalPoolingLayer(PoolingType.AVG), "last")
                .addLayer("out", new OutputLayer.Builder().nIn(16).nOut(10).build(), "end")
                .setOutputs("out")
                .build());
    stock.init();

    assertTrainsAsStock(stock, batch(CNN2DFormat.NCHW));
  }

  @ParameterizedTest
  @EnumSource
  void globalPoolingBesideAConvolution(CNN2DFormat format) {
    ComputationGraph stock =
        network(
            format,
            graph ->
                graph
                    .addLayer("first", convolution(format, 32), "in")
                    .addLayer("above", convolution(format, 32), "first")
                    .addLayer("a", new GlobalPoolingLayer(PoolingType.AVG), "first")
                    .addLayer("b", new GlobalPoolingLayer(PoolingType.MAX), "above")
                    .addVertex("end", new MergeVertex(), "a", "b"));
    assertTrainsAsStock(stock, batch(format));
    assertThat(Acceleration.accelerate(copy(stock)).accelerated())
        .containsExactly("first", "above", "a", "b", "out");
  }

  /** A mask says which rows of an image count; the pooling of such images is the stock layer's. */
  @Test
  void globalPoolingOfImagesWithMasks() {
    ComputationGraph stock =
        network(
            CNN2DFormat.NCHW,
            graph ->
                graph
                    .addLayer("first", convolution(CNN2DFormat.NCHW, 32), "in")
                    .addLayer("above", convolution(CNN2DFormat.NCHW, 32), "first")
                    .addLayer("end", new GlobalPoolingLayer(PoolingType.AVG), "above"));
    DataSet batch = batch(CNN2DFormat.NCHW);
    INDArray mask = Nd4j.ones(DataType.FLOAT, BATCH, 1, SIZE, 1);
    mask.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(5, SIZE)).assign(0);
    ComputationGraph fast = accelerated(stock);
    for (ComputationGraph network : List.of(stock, fast)) {
      network.setLayerMaskArrays(new INDArray[] {mask}, null);
      learn(network, batch);
    }

    assertSameGradients(fast.gradient(), stock.gradient(), TOLERANCE);
  }

  private static ElementWiseVertex sum() {
    return new ElementWiseVertex(ElementWiseVertex.Op.Add);
  }

  /** Its input is plain, and the gradients that its readers send back are channels last. */
  @ParameterizedTest
  @EnumSource
  void reluOnAStockLayerUnderAccelerated(CNN2DFormat format) {
    assertTrainsAsStock(
        format,
        graph ->
            graph
                .addLayer("first", convolution(format, 32), "in")
                .addLayer("soft", new ActivationLayer(Activation.SOFTSIGN), "first")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "soft")
                .addLayer("beside", convolution(format, 16), "soft")
                .addLayer("above", convolution(format, 16), "relu")
                .addVertex("end", new MergeVertex(), "beside", "above"));
  }

  @ParameterizedTest
  @EnumSource
  void reluBesideAStockReader(CNN2DFormat format) {
    assertTrainsAsStock(
        format,
        graph ->
            graph
                .addLayer("first", convolution(format, 32), "in")
                .addLayer("norm", norm(format), "first")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
                .addLayer("soft", new ActivationLayer(Activation.SOFTSIGN), "norm")
                .addLayer("above", convolution(format, 16), "relu")
                .addLayer("beside", convolution(format, 16), "soft")
                .addVertex("end", new MergeVertex(), "beside", "above"));
  }

  @ParameterizedTest
  @EnumSource
  void mergesOfLayersThatOthersReadToo(CNN2DFormat format) {
    assertTrainsAsStock(
        format,
        graph ->
            graph
                .addLayer("a", convolution(format, 16), "in")
                .addLayer("b", convolution(format, 32), "a")
                .addVertex("ab", new MergeVertex(), "a", "b")
                .addLayer("c", convolution(format, 32), "ab")
                .addVertex("abc", new MergeVertex(), "a", "ab", "c")
                .addLayer("d", convolution(format, 16), "abc")
                .addVertex("end", new MergeVertex(), "a", "a", "d"));
  }

  @ParameterizedTest
  @EnumSource
  void theInputReadByAStockVertexToo(CNN2DFormat format) {
    assertTrainsAsStock(
        format,
        graph ->
            graph
                .addLayer("a", convolution(format, 32), "in")
                .addLayer("b", convolution(format, 29), "in")
                .addVertex("end", new MergeVertex(), "a", "in", "b"));
  }

  @ParameterizedTest
  @EnumSource
  void stockReadersThatWriteToWhatTheyRead(CNN2DFormat format) {
    assertTrainsAsStock(
        format,
        graph ->
            graph
                .addLayer("first", convolution(format, 32), "in")
                .addLayer("gate", new ActivationLayer(Activation.SOFTSIGN), "first")
                .addVertex(
                    "end", new ElementWiseVertex(ElementWiseVertex.Op.Product), "first", "gate"));
  }

  /** Neither a listener that looks at activations nor the workspaces change what is learnt. */
  @ParameterizedTest
  @EnumSource
  void aChainThatIsLookedAt(CNN2DFormat format) {
    UnaryOperator<GraphBuilder> chain =
        graph ->
            graph
                .addLayer("first", convolution(format, 32), "in")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "first")
                .addLayer("second", convolution(format, 32), "relu")
                .addLayer("norm", norm(format), "second")
                .addLayer("end", new ActivationLayer(Activation.RELU), "norm");
    ComputationGraph stock = network(format, chain);
    ComputationGraph watched = accelerated(stock);
    watched.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onForwardPass(Model model, Map<String, INDArray> activations) {
            activations.values().forEach(values -> assertThat(values.rank()).isLessThan(5));
          }
        });
    ComputationGraph withoutWorkspaces = accelerated(stock);
    withoutWorkspaces.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.NONE);
    DataSet batch = batch(format);

    learn(stock, batch);
    learn(watched, batch);
    learn(withoutWorkspaces, batch);

    assertSameGradients(watched.gradient(), stock.gradient(), TOLERANCE);
    assertSameGradients(withoutWorkspaces.gradient(), stock.gradient(), TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource
  void anOutputThatIsAFusedReluStaysWhatItIs(CNN2DFormat format) {
    ComputationGraph stock =
        new ComputationGraph(
            builder(format)
                .addLayer("first", convolution(format, 32), "in")
                .addLayer("norm", norm(format), "first")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
                .setOutputs("relu")
                .build());
    stock.init();
    ComputationGraph fast = accelerated(stock);
    INDArray images = batch(format).getFeatures();

    INDArray found = fast.outputSingle(images);
    fast.outputSingle(images.add(1));

    assertClose("output", found, stock.outputSingle(images));
  }

  @Test
  void imagesOfFiveAxesAreRefusedAsByAStockConvolution() {
    ComputationGraph fast =
        accelerated(
            network(
                CNN2DFormat.NCHW,
                graph -> graph.addLayer("end", convolution(CNN2DFormat.NCHW, 32), "in")));

    assertThatThrownBy(() -> fast.outputSingle(Nd4j.rand(DataType.FLOAT, BATCH, 2, SIZE, SIZE, 16)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("Got rank 5 array");
  }

  /** What could be taken for blocks, of sixteen channels or of as many as the layer's. */
  @ParameterizedTest
  @CsvSource({"3, 3", "1, 1", "1, 16", "2, 16"})
  void fiveAxesFromElsewhereAreNeverTakenForBlocks(int second, int last) {
    ComputationGraph poolFirst =
        accelerated(
            network(
                CNN2DFormat.NCHW,
                graph ->
                    graph.addLayer(
                        "end", new SubsamplingLayer.Builder(PoolingType.AVG).build(), "in")));
    ComputationGraph convolutionFirst =
        accelerated(
            network(
                CNN2DFormat.NCHW,
                graph -> graph.addLayer("end", convolution(CNN2DFormat.NCHW, 32), "in")));

    INDArray images = Nd4j.rand(DataType.FLOAT, BATCH, second, SIZE, SIZE, last);
    for (ComputationGraph fast : List.of(poolFirst, convolutionFirst)) {
      assertThatThrownBy(() -> fast.outputSingle(images))
          .isInstanceOf(DL4JInvalidInputException.class)
          .hasMessageContaining("Got rank 5 array");
    }
  }

  /** Without input types, nothing has checked one layer's channels against the next one's. */
  @ParameterizedTest
  @CsvSource({"16", "48"})
  void aConvolutionOfOtherChannelsThanItsInputIsRefused(int channels) {
    ConvolutionLayer wrong = convolution(CNN2DFormat.NCHW, 32);
    wrong.setNIn(channels);
    ComputationGraph stock =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", ofThreeChannels(CNN2DFormat.NCHW), "in")
                .addLayer("end", wrong, "first")
                .setOutputs("end")
                .build());
    stock.init();
    ComputationGraph fast = accelerated(stock);
    INDArray images = batch(CNN2DFormat.NCHW).getFeatures();

    assertThatThrownBy(() -> fast.outputSingle(images))
        .isInstanceOf(DL4JInvalidInputException.class);
  }

  /** Without input types, a merge doesn't learn which axis the channels of its inputs are. */
  @Test
  void aMergeOfHeightsStaysOne() {
    ComputationGraph stock =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("in")
                .addLayer("a", ofThreeChannels(CNN2DFormat.NHWC), "in")
                .addLayer("b", ofThreeChannels(CNN2DFormat.NHWC), "in")
                .addVertex("end", new MergeVertex(), "a", "b")
                .setOutputs("end")
                .build());
    stock.init();
    INDArray images = batch(CNN2DFormat.NHWC).getFeatures();

    INDArray found = accelerated(stock).outputSingle(images);

    assertThat(found.shape()).containsExactly(BATCH, 2 * SIZE, SIZE, 32);
    assertClose("heights", found, stock.outputSingle(images));
  }

  private static ConvolutionLayer ofThreeChannels(CNN2DFormat format) {
    ConvolutionLayer layer = convolution(format, 32);
    layer.setNIn(3);
    return layer;
  }

  @Test
  void aConvolutionFrozenTooLateIsNotTrainedOnInSilence() {
    ComputationGraph fast =
        accelerated(
            network(
                CNN2DFormat.NCHW,
                graph ->
                    graph
                        .addLayer("first", convolution(CNN2DFormat.NCHW, 32), "in")
                        .addLayer("end", norm(CNN2DFormat.NCHW), "first")));
    fast.getVertex("first").setLayerAsFrozen();

    assertThatThrownBy(() -> learn(fast, batch(CNN2DFormat.NCHW)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "batch norm end can't train on a convolution that was frozen after acceleration;"
                + " freeze layers first, then accelerate");
  }

  private static void assertTrainsAsStock(CNN2DFormat format, UnaryOperator<GraphBuilder> layers) {
    assertTrainsAsStock(network(format, layers), batch(format));
  }

  private static void assertTrainsAsStock(ComputationGraph stock, DataSet batch) {
    ComputationGraph fast = accelerated(stock);
    INDArray expected = stock.outputSingle(batch.getFeatures());
    assertClose("output", fast.outputSingle(batch.getFeatures()), expected);

    learn(stock, batch);
    learn(fast, batch);

    assertSameGradients(fast.gradient(), stock.gradient(), TOLERANCE);
  }

  private static ComputationGraph accelerated(ComputationGraph stock) {
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast);
    return fast;
  }

  private static void learn(ComputationGraph net, DataSet batch) {
    net.setInputs(batch.getFeatures());
    net.setLabels(batch.getLabels());
    net.computeGradientAndScore();
  }

  /** A network of these layers, the last of which is named "end", under an output layer. */
  private static ComputationGraph network(CNN2DFormat format, UnaryOperator<GraphBuilder> layers) {
    ComputationGraph network =
        new ComputationGraph(
            layers
                .apply(builder(format))
                .addLayer("out", new OutputLayer.Builder().nOut(10).build(), "end")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }

  private static GraphBuilder builder(CNN2DFormat format) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.convolutional(SIZE, SIZE, 3, format));
  }

  private static BatchNormalization norm(CNN2DFormat format) {
    return new BatchNormalization.Builder().dataFormat(format).build();
  }

  private static DataSet batch(CNN2DFormat format) {
    Nd4j.getRandom().setSeed(17);
    INDArray images = NetworkComparison.images(format, BATCH, 3, SIZE);
    return new DataSet(images.subi(0.5), AccelerationTest.batch(BATCH).getLabels());
  }
}
