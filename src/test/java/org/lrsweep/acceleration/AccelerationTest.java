package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lrsweep.acceleration.NetworkComparison.assertClose;
import static org.lrsweep.acceleration.NetworkComparison.assertSameGradients;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lrsweep.acceleration.AccelerationReport.Stock;
import org.lrsweep.acceleration.nd4j.ShapeCache;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.lrsweep.testing.TestNetworks;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.DirectShapeInfoProvider;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

public class AccelerationTest {

  private static final int BATCH = 4;

  /** In the deeper ones too many ReLUs fall to the other side of zero; see {@link ZooTest}. */
  @ParameterizedTest
  @EnumSource(names = {"MINIGOOGLENET", "SMALL_CNN"})
  void aWholeNetworkHasTheGradientsOfTheStockOne(NetworkType type) {
    ComputationGraph stock = network(type);
    ComputationGraph fast = copy(stock);
    DataSet batch = batch(BATCH);

    AccelerationReport report = Acceleration.accelerate(fast);
    assertThat(report.isComplete()).as(report.summary()).isTrue();
    gradients(stock, batch);
    gradients(fast, batch);

    assertSameGradients(fast.gradient(), stock.gradient(), NetworkComparison.NETWORK_TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource
  void aWholeNetworkPredictsAsTheStockOne(NetworkType type) {
    ComputationGraph stock = network(type);
    ComputationGraph fast = copy(stock);
    INDArray images = batch(BATCH).getFeatures();

    Acceleration.accelerate(fast);

    assertClose("output", fast.outputSingle(images), stock.outputSingle(images));
  }

  @Test
  void configurationAndSavedModelStayStock(@TempDir Path folder) throws IOException {
    ComputationGraph net = network(NetworkType.SMALL_CNN);
    String before = net.getConfiguration().toJson();
    Acceleration.accelerate(net);
    net.fit(batch(BATCH));
    INDArray images = batch(BATCH).getFeatures();

    File zip = folder.resolve("model.zip").toFile();
    net.save(zip, true);
    ComputationGraph restored = ComputationGraph.load(zip, true);

    assertThat(withoutCounters(net.getConfiguration().toJson())).isEqualTo(withoutCounters(before));
    assertThat(restored.getLayer("conv1"))
        .isExactlyInstanceOf(org.deeplearning4j.nn.layers.convolution.ConvolutionLayer.class);
    assertThat(restored.params()).isEqualTo(net.params());
    assertClose("output", net.outputSingle(images), restored.outputSingle(images));
  }

  @Test
  void activationsThatTheCallerAskedForAreItsOwn() {
    ComputationGraph net = network(NetworkType.SMALL_CNN);
    Acceleration.accelerate(net);
    INDArray first = net.feedForward(batch(BATCH).getFeatures(), false).get("pool1");
    INDArray copy = first.dup();

    net.feedForward(Nd4j.ones(BATCH, 1, 32, 32), false);

    assertThat(first).isEqualTo(copy);
  }

  @Test
  void aLayerWithoutAOneDnnVersionStaysStockAndIsNamed() {
    MultiLayerNetwork net =
        NetworkComparison.sequence(
            InputType.convolutional(8, 8, 3),
            new ConvolutionLayer.Builder(3, 3)
                .name("first")
                .nOut(4)
                .activation(Activation.IDENTITY)
                .build(),
            new ActivationLayer.Builder().name("bent").activation(Activation.SOFTSIGN).build(),
            new ConvolutionLayer.Builder(3, 3)
                .name("noisy")
                .nOut(4)
                .activation(Activation.IDENTITY)
                .dropOut(0.5)
                .build());

    AccelerationReport report = Acceleration.accelerate(net);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.summary())
        .isEqualTo(
            "1 layers run on oneDNN; stock: bent (ActivationLayer: activation softsign),"
                + " noisy (ConvolutionLayer: dropout on its input)");
    assertThat(net.output(Nd4j.rand(DataType.FLOAT, 2, 3, 8, 8)).shape())
        .containsExactly(2, 4, 4, 4);
  }

  /** Its mode would put pixels around the output that no kernel reaches. */
  @Test
  void aTransposedConvolutionWithAStrideBeyondItsKernelStaysStock() {
    MultiLayerNetwork net =
        NetworkComparison.sequence(
            InputType.convolutional(4, 4, 3),
            new Deconvolution2D.Builder(2, 2)
                .name("wide")
                .stride(3, 3)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(4)
                .build());

    assertThat(Acceleration.accelerate(net).stock())
        .containsExactly(new Stock("wide", "Deconvolution2DLayer", "a stride beyond its kernel"));
    assertThat(net.output(Nd4j.rand(DataType.FLOAT, 2, 3, 4, 4)).shape())
        .containsExactly(2, 4, 12, 12);
  }

  @Test
  void everyLayerThatStaysStockIsNamedOnImagesOrNot() {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("images")
            .addLayer("norm", new BatchNormalization(), "images")
            .addLayer("frozen", new FrozenLayer(convolution()), "norm")
            .addLayer("conv", convolution(), "frozen")
            .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "conv")
            .addLayer("dense", new DenseLayer.Builder().nOut(5).build(), "pool")
            .addLayer("bent", new ActivationLayer(Activation.TANH), "dense")
            .setOutputs("bent")
            .setInputTypes(InputType.convolutional(8, 8, 3))
            .build();
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();

    AccelerationReport report = Acceleration.accelerate(graph);

    assertThat(report.accelerated()).containsExactly("conv", "pool", "dense");
    assertThat(report.stock())
        .containsExactly(
            new Stock("norm", "BatchNormalization", "its input is not known to be images"),
            new Stock("frozen", "FrozenLayer", "frozen"),
            new Stock("bent", "ActivationLayer", "its input is not known to be images"));
  }

  @Test
  void everyLayerOfASequenceThatStaysStockIsNamed() {
    MultiLayerNetwork net =
        NetworkComparison.sequence(
            InputType.recurrent(3, 5),
            new LSTM.Builder().name("memory").nOut(4).build(),
            new RnnOutputLayer.Builder().name("answer").nOut(2).build());

    assertThat(Acceleration.accelerate(net).stock())
        .containsExactly(
            new Stock("memory", "LSTM", "oneDNN version not written"),
            new Stock("answer", "RnnOutputLayer", "oneDNN version not written"));
  }

  private static ConvolutionLayer convolution() {
    return new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.IDENTITY).build();
  }

  @Test
  void aNetworkMustBeInitialisedFirst() {
    ComputationGraph net = new ComputationGraph(network(NetworkType.SMALL_CNN).getConfiguration());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Acceleration.accelerate(net))
        .withMessage("the network must be initialised before it is accelerated: call init() first");
  }

  @Test
  void aNetworkIsAcceleratedOnce() {
    ComputationGraph net = network(NetworkType.SMALL_CNN);
    Acceleration.accelerate(net);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Acceleration.accelerate(net))
        .withMessage("the network is accelerated already");
  }

  /** Stock until a network is accelerated, whatever else is asked of the class. */
  @Test
  void nd4jIsChangedByTheFirstAccelerationAlone() throws ReflectiveOperationException {
    Field provider = Nd4j.class.getDeclaredField("shapeInfoProvider");
    provider.setAccessible(true);
    Object before = provider.get(null);
    provider.set(null, new DirectShapeInfoProvider());
    try {
      Acceleration.isAvailable();
      Acceleration.useThreads(1);
      Acceleration.threads();
      assertThat(provider.get(null)).hasSameClassAs(new DirectShapeInfoProvider());

      Acceleration.accelerate(small());
      Object first = provider.get(null);
      Acceleration.accelerate(small());

      assertThat(first).isInstanceOf(ShapeCache.class).isSameAs(provider.get(null));
    } finally {
      provider.set(null, before);
    }
  }

  private static ComputationGraph small() {
    ComputationGraph graph = new ComputationGraph(TestNetworks.dense(new Sgd(0.1)));
    graph.init();
    return graph;
  }

  @Test
  void threadsAreOfTheCallingThreadAlone() throws InterruptedException {
    Acceleration.useThreads(1);
    Thread other = new Thread(() -> Acceleration.useThreads(2));
    other.start();
    other.join();

    assertThat(Acceleration.threads()).isEqualTo(1);
    Acceleration.useThreads(1);
    assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Acceleration.useThreads(0))
        .withMessage("threads must be >= 1, found 0");
  }

  private static String withoutCounters(String json) {
    return json.replaceAll("\"(iterationCount|epochCount)\" : \\d+", "");
  }

  public static void gradients(ComputationGraph net, DataSet batch) {
    Nd4j.getRandom().setSeed(3);
    net.setInputs(batch.getFeatures());
    net.setLabels(batch.getLabels());
    net.computeGradientAndScore();
  }

  private static ComputationGraph network(NetworkType type) {
    ComputationGraph net =
        new ComputationGraph(
            type.configuration(new ImageShape(1, 32, 32), 10, 42, new Nesterovs(0.01, 0.9)));
    net.init();
    return net;
  }

  public static DataSet batch(int size) {
    Nd4j.getRandom().setSeed(7);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, size, 10);
    for (int i = 0; i < size; i++) {
      labels.putScalar(i, i % 10, 1);
    }
    return new DataSet(Nd4j.rand(DataType.FLOAT, size, 1, 32, 32), labels);
  }
}
