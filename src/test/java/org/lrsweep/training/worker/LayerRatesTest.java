package org.lrsweep.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainedNetwork;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.Round;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** What layers make of a round's learning rate, against Deeplearning4j's own training. */
class LayerRatesTest {
  private static final int BATCH = 12;
  private static final int STEPS = 5;
  private static final ArrayExamples EXAMPLES = ArrayExamples.random(2 * STEPS * BATCH, 1);

  @BeforeAll
  static void oneThread() {
    Acceleration.useThreads(1);
  }

  private static OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(ArrayExamples.CLASSES)
        .activation(Activation.SOFTMAX);
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nOut(8).activation(Activation.TANH);
  }

  private static ComputationGraphConfiguration graph(Layer hidden, Layer out) {
    return graph(new Sgd(0.1), hidden, out);
  }

  private static ComputationGraphConfiguration graph(IUpdater updater, Layer hidden, Layer out) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(updater)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.feedForward(ArrayExamples.INPUTS))
        .addLayer("hidden", hidden, "in")
        .addLayer("out", out, "hidden")
        .setOutputs("out")
        .build();
  }

  private static ComputationGraph built(ComputationGraphConfiguration configuration) {
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return network;
  }

  private static TrainingState trained(
      GivenNetwork given, WorkerExamples examples, int firstStep, double rate) {
    double[] rates = new double[STEPS];
    Arrays.fill(rates, rate);
    try (LocalEngine engine = new LocalEngine(given.spec(), examples, 3);
        EngineRun run = engine.start(given.state())) {
      run.train(new Round(0, firstStep, BATCH, rates));
      return run.state();
    }
  }

  private static void fit(ComputationGraph network, int firstStep) {
    for (int i = firstStep; i < firstStep + STEPS; i++) {
      network.fit(EXAMPLES.minibatch(0, i * BATCH, BATCH));
    }
  }

  private static void fit(MultiLayerNetwork network, int firstStep) {
    for (int i = firstStep; i < firstStep + STEPS; i++) {
      network.fit(EXAMPLES.minibatch(0, i * BATCH, BATCH));
    }
  }

  @Test
  void layersKeepTheRatiosOfTheirRatesToTheLastOnes() {
    ComputationGraph network =
        built(
            graph(
                dense()
                    .updater(new Adam(0.01, 0.8, 0.9, 1e-8))
                    .biasUpdater(new Adam(0.02, 0.8, 0.9, 1e-8))
                    .build(),
                output().updater(new Adam(0.08, 0.9, 0.99, 1e-8)).build()));
    fit(network, 0);
    GivenNetwork given = GivenNetwork.of(network);
    ComputationGraph expected =
        built(
            graph(
                dense()
                    .updater(new Adam(0.0025, 0.8, 0.9, 1e-8))
                    .biasUpdater(new Adam(0.005, 0.8, 0.9, 1e-8))
                    .build(),
                output().updater(new Adam(0.02, 0.9, 0.99, 1e-8)).build()));
    expected.setParams(network.params());
    expected.getUpdater().setStateViewArray(network.getUpdater().getStateViewArray());
    expected.getConfiguration().setIterationCount(STEPS);
    Acceleration.accelerate(expected);
    fit(expected, STEPS);

    TrainingState state = trained(given, EXAMPLES, STEPS, 0.02);

    assertThat(state.parameters()).containsExactly(FlatArrays.copy(expected.params()));
    assertThat(state.updaterState())
        .containsExactly(FlatArrays.copy(expected.getUpdater().getStateViewArray()));
  }

  /** Layers' copies of a RampSchedule are unequal to DL4J: a block each, in rounds one for all. */
  @Test
  void momentsStayWithTheirParametersUnderASchedule() {
    IUpdater ramp =
        new Adam(new RampSchedule(new ExponentialSchedule(ScheduleType.ITERATION, 0.02, 1), 1));
    ComputationGraph network = built(graph(ramp, dense().build(), output().build()));
    fit(network, 0);
    GivenNetwork given = GivenNetwork.of(network);
    Acceleration.accelerate(network);
    fit(network, STEPS);

    TrainingState state = trained(given, EXAMPLES, STEPS, 0.02);

    assertThat(state.parameters()).containsExactly(FlatArrays.copy(network.params()));
    ComputationGraph restored = built(graph(ramp, dense().build(), output().build()));
    state.restore(restored);
    assertThat(FlatArrays.copy(restored.getUpdater().getStateViewArray()))
        .containsExactly(FlatArrays.copy(network.getUpdater().getStateViewArray()));
  }

  @Test
  void aStoredModelTrainsOnAsIfItHadNeverBeenStored() throws IOException {
    GivenNetwork given =
        GivenNetwork.of(
            built(
                graph(
                    dense().updater(new Adam(0.01)).build(),
                    output().updater(new Adam(0.08)).build())));
    TrainingState half = trained(given, EXAMPLES, 0, 0.02);
    ComputationGraph stored = stored(given.spec(), half, 0.02);
    Acceleration.accelerate(stored);
    fit(stored, STEPS);

    TrainingState whole = trained(new GivenNetwork(given.spec(), half), EXAMPLES, STEPS, 0.02);

    assertThat(FlatArrays.copy(stored.params())).containsExactly(whole.parameters());
    assertThat(FlatArrays.copy(stored.getUpdater().getStateViewArray()))
        .containsExactly(whole.updaterState());
  }

  /** All layers' rates are equal then, so DL4J lays their moments out as one block. */
  @Test
  void aModelStoredAtRateZeroHasEachMomentAtItsParameter() throws IOException {
    GivenNetwork given =
        GivenNetwork.of(
            built(
                graph(
                    dense().updater(new Adam(0.01)).build(),
                    output().updater(new Adam(0.08)).build())));
    TrainingState half = trained(given, EXAMPLES, 0, 0.02);

    ComputationGraph stored = stored(given.spec(), half, 0);

    int hidden = 7 * 8;
    int out = 9 * 3;
    float[] moments = FlatArrays.copy(stored.getUpdater().getStateViewArray());
    float[] trained = half.updaterState();
    assertThat(Arrays.copyOfRange(moments, 0, hidden))
        .containsExactly(Arrays.copyOfRange(trained, 0, hidden));
    assertThat(Arrays.copyOfRange(moments, hidden, hidden + out))
        .containsExactly(Arrays.copyOfRange(trained, 2 * hidden, 2 * hidden + out));
  }

  private static ComputationGraph stored(NetworkSpec spec, TrainingState state, double rate)
      throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    TrainedNetwork.write(spec, state, rate, zip);
    return ModelSerializer.restoreComputationGraph(
        new ByteArrayInputStream(zip.toByteArray()), true);
  }

  @Test
  void sameDiffLayersFollowTheRoundsRate() {
    double rate = 0.05;
    MultiLayerNetwork expected = locallyConnected(new Nesterovs(rate, 0.9));
    GivenNetwork given = GivenNetwork.of(locallyConnected(new Nesterovs(1.23, 0.9)));
    Sequences examples = new Sequences(STEPS * BATCH);
    for (int i = 0; i < STEPS; i++) {
      expected.fit(examples.minibatch(0, i * BATCH, BATCH));
    }

    TrainingState state = trained(given, examples, 0, rate);

    assertThat(state.parameters())
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(FlatArrays.copy(expected.params()));
    assertThat(state.parameters()[0]).isNotEqualTo(given.state().parameters()[0]);
  }

  private static MultiLayerNetwork locallyConnected(IUpdater updater) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(updater)
                .list()
                .layer(
                    new LocallyConnected1D.Builder()
                        .kernelSize(2)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .layer(new org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer.Builder().build())
                .layer(output().build())
                .setInputType(InputType.recurrent(2, 5))
                .build());
    network.init();
    return network;
  }

  @Test
  void aScheduleThatJsonCannotHoldIsNoHindrance() {
    ComputationGraph network =
        built(
            graph(
                new Nesterovs(
                    new RampSchedule(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 1), 9),
                    0.9),
                dense().build(),
                output().build()));
    ComputationGraph expected =
        built(graph(new Nesterovs(0.05, 0.9), dense().build(), output().build()));
    Acceleration.accelerate(expected);
    fit(expected, 0);

    TrainingState state = trained(GivenNetwork.of(network), EXAMPLES, 0, 0.05);

    assertThat(state.parameters()).containsExactly(FlatArrays.copy(expected.params()));
  }

  @Test
  void aSequenceThatDoesNotDivideByTheBatchSizeIsNotDivided() {
    MultiLayerNetwork network = layers(new NeuralNetConfiguration.Builder().miniBatch(false));
    GivenNetwork given = GivenNetwork.of(network);
    Acceleration.accelerate(network);
    fit(network, 0);

    TrainingState state = trained(given, EXAMPLES, 0, 0.01);

    assertThat(state.parameters()).containsExactly(FlatArrays.copy(network.params()));
  }

  private static MultiLayerNetwork layers(NeuralNetConfiguration.Builder builder) {
    MultiLayerConfiguration configuration =
        builder
            .seed(7)
            .updater(new Sgd(0.01))
            .list()
            .layer(dense().build())
            .layer(output().build())
            .setInputType(InputType.feedForward(ArrayExamples.INPUTS))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  @Test
  void truncatedBackpropagationIsRefusedAlsoInASequence() {
    MultiLayerNetwork network = layers(new NeuralNetConfiguration.Builder());
    network.getLayerWiseConfigurations().setBackpropType(BackpropType.TruncatedBPTT);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> GivenNetwork.of(network))
        .withMessage(
            "A batch must be one step, which truncated backpropagation through time makes several"
                + " of. Set the backpropType of the network to Standard, found TruncatedBPTT");
  }

  @Test
  void anUpdaterWithoutALearningRateIsRefusedUnlessItsLayerIsFrozen() {
    refused(
        graph(dense().updater(new AdaDelta()).build(), output().build()),
        "Layer \"hidden\" has the updater AdaDelta, which has no learning rate that a schedule"
            + " could set. Give it one that has, or freeze the layer");
    refused(
        graph(dense().updater(new NoOp()).build(), output().build()),
        "Layer \"hidden\" has the updater NoOp, which has no learning rate that a schedule could"
            + " set. Give it one that has, or freeze the layer");
    for (Layer frozen :
        new Layer[] {
          new FrozenLayer(dense().updater(new AdaDelta()).build()),
          new FrozenLayerWithBackprop(dense().updater(new AdaDelta()).build())
        }) {
      GivenNetwork given = GivenNetwork.of(built(graph(frozen, output().build())));

      float[] after = trained(given, EXAMPLES, 0, 0.1).parameters();

      float[] before = given.state().parameters();
      assertThat(Arrays.copyOf(after, 56)).containsExactly(Arrays.copyOf(before, 56));
      assertThat(after).isNotEqualTo(before);
    }
  }

  @Test
  void ratesWithoutARatioAreRefused() {
    Sgd scheduled = new Sgd(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.9));
    refused(
        graph(dense().updater(scheduled).build(), output().build()),
        "Layer \"hidden\" has a schedule of its own, ExponentialSchedule, for its learning rate."
            + " Layers may have different constant rates, whose ratios are kept, or one schedule");
    refused(
        graph(dense().build(), output().updater(new Sgd(0)).build()),
        "Layers have learning rates of their own, which are kept in proportion to that of layer"
            + " \"out\", so that must be > 0, found 0.0");
    refused(
        graph(dense().updater(new Sgd(-1)).build(), output().build()),
        "The learning rate of layer \"hidden\" must be >= 0 and finite, found -1.0");
  }

  private static void refused(ComputationGraphConfiguration network, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkSpec.of(network))
        .withMessage(message);
  }

  /** Sequences of two features and five time steps. */
  private record Sequences(int size) implements WorkerExamples {
    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      float[] features = new float[count * 10];
      float[] labels = new float[count * 3];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) Math.sin(i + from);
      }
      for (int i = 0; i < count; i++) {
        labels[3 * i + i % 3] = 1;
      }
      return new DataSet(
          Nd4j.create(features, new long[] {count, 2, 5}, 'c'),
          Nd4j.create(labels, new long[] {count, 3}, 'c'));
    }
  }
}
