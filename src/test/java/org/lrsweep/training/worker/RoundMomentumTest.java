package org.lrsweep.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Named.named;

import java.util.List;
import java.util.function.DoubleFunction;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.Round;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What updaters make of a round's momenta, against networks that have each momentum for good. */
class RoundMomentumTest {
  private static final int BATCH = 12;
  private static final double RATE = 0.02;
  private static final ArrayExamples EXAMPLES = ArrayExamples.random(6 * BATCH, 1);

  static List<Named<DoubleFunction<IUpdater>>> updaters() {
    return List.of(
        named("momentum", momentum -> new Momentum(RATE, momentum)),
        named("Nesterovs", momentum -> new Nesterovs(RATE, momentum)),
        named("Adam", beta1 -> new Adam(RATE, beta1, 0.99, 1e-8)),
        named("AMSGrad", beta1 -> new AMSGrad(RATE, beta1, 0.99, 1e-8)),
        named("Nadam", beta1 -> new Nadam(RATE, beta1, 0.99, 1e-8)),
        named("AdaMax", beta1 -> new AdaMax(RATE, beta1, 0.99, 1e-8)));
  }

  @BeforeAll
  static void oneThread() {
    Acceleration.useThreads(1);
  }

  private static ComputationGraph network(IUpdater updater) {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .updater(updater)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.feedForward(ArrayExamples.INPUTS))
            .addLayer("hidden", new DenseLayer.Builder().nOut(8).build(), "in")
            .addLayer("norm", new BatchNormalization(), "hidden")
            .addLayer(
                "out",
                new OutputLayer.Builder(LossFunction.MCXENT).nOut(ArrayExamples.CLASSES).build(),
                "norm")
            .setOutputs("out")
            .build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return network;
  }

  /** Trains two steps from a state, by Deeplearning4j's own training. */
  private static TrainingState twoSteps(IUpdater updater, TrainingState from) {
    ComputationGraph network = network(updater);
    from.restore(network);
    Acceleration.accelerate(network);
    for (int step = (int) from.step(); step < from.step() + 2; step++) {
      network.fit(EXAMPLES.minibatch(0, step * BATCH, BATCH));
    }
    return new TrainingState(
        FlatArrays.copy(network.params()),
        FlatArrays.copy(network.getUpdater().getStateViewArray()),
        from.step() + 2);
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void eachStepHasItsMomentumAndARoundWithoutAnyTheUpdatersOwn(DoubleFunction<IUpdater> updater) {
    GivenNetwork given = GivenNetwork.of(network(updater.apply(0.9)));
    TrainingState expected = given.state();
    for (double momentum : List.of(0.95, 0.5, 0.9)) {
      expected = twoSteps(updater.apply(momentum), expected);
    }

    try (LocalEngine engine = new LocalEngine(given.spec(), EXAMPLES, 3);
        EngineRun run = engine.start(given.state())) {
      double[] rates = {RATE, RATE, RATE, RATE};
      run.train(new Round(0, 0, BATCH, rates, new double[] {0.95, 0.95, 0.5, 0.5}));
      run.train(new Round(0, 4, BATCH, new double[] {RATE, RATE}));

      assertThat(run.state().parameters()).containsExactly(expected.parameters());
      assertThat(run.state().updaterState()).containsExactly(expected.updaterState());
    }
  }

  @Test
  void anUpdaterWithoutMomentumIsRefused() {
    GivenNetwork given = GivenNetwork.of(network(new RmsProp(RATE)));
    Round round = new Round(0, 0, BATCH, new double[] {RATE}, new double[] {0.9});

    try (LocalEngine engine = new LocalEngine(given.spec(), EXAMPLES, 3);
        EngineRun run = engine.start(given.state())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.train(round))
          .withMessageStartingWith(
              "The updater RmsProp has no momentum that a schedule could set.");
    }
  }

  @Test
  void aRoundHasAMomentumForEachStepOrForNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Round(0, 0, BATCH, new double[] {1, 1}, new double[] {0.9}))
        .withMessage("A round needs a momentum for each of its 2 steps or for none, found 1");
  }
}
