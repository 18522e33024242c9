package org.lrsweep.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.Round;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.SparkEngine;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(LocalSpark.class)
class LocalEngineTest {
  private static final int BATCH = 12;
  private static final ArrayExamples EXAMPLES = ArrayExamples.random(5 * BATCH, 1);

  private static Round round(double... learningRates) {
    return new Round(0, 0, BATCH, learningRates);
  }

  private static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(new Nesterovs(0.1, 0.9))
        .list()
        .layer(new DenseLayer.Builder().nOut(8).activation(Activation.TANH).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.feedForward(ArrayExamples.INPUTS))
        .build();
  }

  @Test
  void trainsTheBitsThatOneWorkerOnSparkTrains(JavaSparkContext spark) {
    Acceleration.useThreads(1);
    NetworkSpec network = NetworkSpec.of(TestNetworks.batchNormAndDropout(new Momentum(1, 0.9)));
    TrainingState initial = TrainingState.of(network.build());
    double[] rates = {0.1, 0.2, 0.3};

    try (LocalEngine here = new LocalEngine(network, EXAMPLES, 3);
        SparkEngine there =
            new SparkEngine(
                spark, network, spark.parallelize(List.<WorkerExamples>of(EXAMPLES), 1), 3);
        EngineRun local = here.start(initial);
        EngineRun remote = there.start(initial)) {
      assertThat(local.train(round(rates)).steps()).isEqualTo(remote.train(round(rates)).steps());
      assertThat(local.state().parameters()).containsExactly(remote.state().parameters());
      assertThat(local.state().updaterState()).containsExactly(remote.state().updaterState());
      assertThat(local.step()).isEqualTo(3);
    }
  }

  @Test
  void trainsANetworkOfLayersAsDeeplearning4jDoesItself() {
    MultiLayerNetwork network = new MultiLayerNetwork(layers());
    network.init();
    network.fit(EXAMPLES.minibatch(0, 0, BATCH));
    GivenNetwork given = GivenNetwork.of(network);
    float[] before = given.state().parameters().clone();

    try (LocalEngine engine = new LocalEngine(given.spec(), EXAMPLES, 3);
        EngineRun run = engine.start(given.state())) {
      run.train(round(0.1, 0.1, 0.1, 0.1, 0.1));

      assertThat(FlatArrays.copy(network.params())).containsExactly(before);
      for (int i = 0; i < 5; i++) {
        network.fit(EXAMPLES.minibatch(0, i * BATCH, BATCH));
      }
      assertThat(run.state().parameters())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(FlatArrays.copy(network.params()));
      assertThat(run.step()).isEqualTo(network.getIterationCount()).isEqualTo(6);

      MultiLayerNetwork fresh = new MultiLayerNetwork(layers());
      fresh.init();
      run.state().restore(fresh);
      assertThat(TrainingState.of(fresh)).usingRecursiveComparison().isEqualTo(run.state());
    }
  }

  @Test
  void layersInsideOfWrapperLayersFollowTheRoundsLearningRate() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Nesterovs(0.01, 0.9))
                .list()
                .layer(new LastTimeStep(new LSTM.Builder().nOut(4).build()))
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(2, 5))
                .build());
    network.init();
    GivenNetwork given = GivenNetwork.of(network);
    network.fit(new Sequences().minibatch(0, 0, BATCH));

    try (LocalEngine engine = new LocalEngine(given.spec(), new Sequences(), 3);
        EngineRun still = engine.start(given.state());
        EngineRun moving = engine.start(given.state())) {
      still.train(round(0));
      moving.train(round(0.01));

      assertThat(still.state().parameters()).containsExactly(given.state().parameters());
      assertThat(moving.state().parameters())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(FlatArrays.copy(network.params()));
    }
  }

  @Test
  void aLossLayerIsAnOutputToo() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Nesterovs(0.1, 0.9))
                .list()
                .layer(new DenseLayer.Builder().nOut(3).activation(Activation.IDENTITY).build())
                .layer(
                    new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(ArrayExamples.INPUTS))
                .build());
    network.init();
    GivenNetwork given = GivenNetwork.of(network);
    double[] rates = new double[5];
    Arrays.fill(rates, 0.5);

    try (LocalEngine engine = new LocalEngine(given.spec(), EXAMPLES, 3);
        EngineRun run = engine.start(given.state());
        LocalEvaluator classifier = new LocalEvaluator(given.spec(), EXAMPLES)) {
      long first = run.train(round(rates)).steps().get(0).correct();
      for (int epoch = 1; epoch < 10; epoch++) {
        run.train(new Round(epoch, 0, BATCH, rates));
      }

      Evaluation before = classifier.evaluate(given.state());
      DataSet batch = EXAMPLES.minibatch(0, 0, BATCH);
      int[] guesses = network.predict(batch.getFeatures());
      long right = 0;
      for (int i = 0; i < BATCH; i++) {
        right += batch.getLabels().getInt(i, guesses[i]);
      }
      assertThat(first).isEqualTo(right);
      assertThat(classifier.evaluate(run.state()).accuracy()).isGreaterThan(before.accuracy());
    }
  }

  @Test
  void theCallersRandomNumbersGoOnAsIfNothingHadBeenTrained() {
    MultiLayerNetwork network = new MultiLayerNetwork(layers());
    network.init();
    Nd4j.getRandom().setSeed(123);
    Nd4j.rand(5);
    float[] expected = Nd4j.rand(4).toFloatVector();
    Nd4j.getRandom().setSeed(123);
    Nd4j.rand(5);

    GivenNetwork given = GivenNetwork.of(network);
    try (LocalEngine engine = new LocalEngine(given.spec(), EXAMPLES, 3);
        EngineRun run = engine.start(given.spec().initialState());
        LocalEvaluator classifier = new LocalEvaluator(given.spec(), EXAMPLES)) {
      run.train(round(0.1, 0.1));
      classifier.evaluate(run.state());
    }

    assertThat(Nd4j.rand(4).toFloatVector()).containsExactly(expected);
    assertThat(Nd4j.getRandom().getSeed()).isEqualTo(123);
  }

  /** Sequences of two features and five time steps. */
  private record Sequences() implements WorkerExamples {
    @Override
    public int size() {
      return BATCH;
    }

    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      float[] features = new float[count * 10];
      float[] labels = new float[count * 3];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) Math.sin(i);
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
