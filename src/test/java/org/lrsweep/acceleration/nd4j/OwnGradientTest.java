package org.lrsweep.acceleration.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lrsweep.acceleration.Acceleration;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** On stock layers, so that every bit must be that of the stock updater. */
class OwnGradientTest {

  /** What a configuration has of updaters, regularization and gradient normalization. */
  private record Setup(String name, UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Setup> setups() {
    return Stream.of(
        new Setup("sgd", b -> b.updater(new Sgd(0.05))),
        new Setup(
            "nesterovs with l1 and l2", b -> b.updater(new Nesterovs(0.05, 0.9)).l1(1e-3).l2(1e-2)),
        new Setup("adam with weight decay", b -> b.updater(new Adam(1e-2)).weightDecay(1e-2)),
        new Setup(
            "two updaters, clipped",
            b ->
                b.updater(new Nesterovs(0.05, 0.9))
                    .biasUpdater(new Adam(1e-2))
                    .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                    .gradientNormalizationThreshold(0.1)),
        new Setup("sums instead of means", b -> b.updater(new Sgd(1e-3)).miniBatch(false)));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aGraphTrainsToTheBitsOfTheStockUpdater(Setup setup) {
    ComputationGraph ours = graph(setup);
    trainLikeStock(graph(setup), ours, () -> GraphUpdater.install(ours));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aSequenceTrainsToTheBitsOfTheStockUpdater(Setup setup) {
    MultiLayerNetwork ours = sequence(setup);
    trainLikeStock(sequence(setup), ours, () -> SequenceUpdater.install(ours));
  }

  private static void trainLikeStock(NeuralNetwork stock, NeuralNetwork ours, Runnable install) {
    train(3, stock, ours);
    assertThat(ours.params()).isEqualTo(stock.params());

    install.run();
    train(5, stock, ours);

    assertThat(ours.params()).isEqualTo(stock.params());
    assertThat(ours.updaterState()).isEqualTo(stock.updaterState());
  }

  @Test
  void anotherNetworksGradientIsUpdatedWhereItLies() {
    ComputationGraph graph = graph(new Setup("sgd", b -> b.updater(new Sgd(0.5))));
    GraphUpdater.install(graph);
    INDArray gradient = Nd4j.valueArrayOf(new long[] {1, graph.numParams()}, 4.0, DataType.FLOAT);

    graph
        .getUpdater()
        .update(new DefaultGradient(gradient), 0, 0, 2, LayerWorkspaceMgr.noWorkspaces());

    assertThat(gradient.getFloat(0)).as("4 over a batch of 2, by a rate of 0.5").isEqualTo(1f);
  }

  @Test
  void acceleratedNetworksKnowTheirOwnGradients() {
    Setup setup = new Setup("adam", b -> b.updater(new Adam(1e-2)));
    ComputationGraph graph = graph(setup);
    MultiLayerNetwork sequence = sequence(setup);

    Acceleration.accelerate(graph);
    Acceleration.accelerate(sequence);

    assertThat(graph.getUpdater(false)).isInstanceOf(GraphUpdater.class);
    assertThat(sequence.getUpdater(false)).isInstanceOf(SequenceUpdater.class);
    assertThat(graph.updaterState().sumNumber().doubleValue()).isZero();
    assertThat(sequence.updaterState().sumNumber().doubleValue()).isZero();
  }

  @Test
  void aSequenceWithoutParametersIsAcceleratedToo() {
    MultiLayerNetwork pooling =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list(
                    new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
                    new ActivationLayer(Activation.RELU))
                .setInputType(InputType.convolutional(4, 4, 1))
                .build());
    pooling.init();

    Acceleration.accelerate(pooling);

    assertThat(pooling.output(Nd4j.ones(DataType.FLOAT, 1, 1, 4, 4)).sumNumber().intValue())
        .isEqualTo(4);
  }

  private static MultiLayerNetwork sequence(Setup setup) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            settings(setup)
                .list(dense(), new BatchNormalization(), output())
                .setInputType(InputType.feedForward(6))
                .build());
    network.init();
    return network;
  }

  private static ComputationGraph graph(Setup setup) {
    ComputationGraph network =
        new ComputationGraph(
            settings(setup)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(6))
                .addLayer("dense", dense(), "in")
                .addLayer("norm", new BatchNormalization(), "dense")
                .addLayer("out", output(), "norm")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }

  private static NeuralNetConfiguration.Builder settings(Setup setup) {
    return setup
        .settings()
        .apply(new NeuralNetConfiguration.Builder().seed(5).activation(Activation.TANH));
  }

  private static DenseLayer dense() {
    return new DenseLayer.Builder().nOut(7).build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .activation(Activation.SOFTMAX)
        .nOut(3)
        .build();
  }

  private static void train(int steps, NeuralNetwork... networks) {
    for (int step = 0; step < steps; step++) {
      DataSet batch = batch(step);
      for (NeuralNetwork network : networks) {
        network.fit(batch);
      }
    }
  }

  private static DataSet batch(int step) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 8, 3);
    for (int i = 0; i < 8; i++) {
      labels.putScalar(i, (i + step) % 3, 1);
    }
    return new DataSet(Nd4j.rand(DataType.FLOAT, 8, 6), labels);
  }
}
