package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.NormStatistics;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.MemoryCheckpoints;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.RoundCutter;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.Evaluator;
import org.lrsweep.training.worker.LocalEngine;
import org.lrsweep.training.worker.LocalEvaluator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A mean of weights and an ensemble, against what the formulas say of the trial's own moments. */
class TrialWeightsTest {
  private static final int BATCH = 12;
  private static final int STEPS_PER_EPOCH = 6;
  private static final ArrayExamples TRAIN = ArrayExamples.random(STEPS_PER_EPOCH * BATCH, 1);
  private static final ArrayExamples TEST = ArrayExamples.random(100, 2);
  private static final NetworkSpec NETWORK =
      NetworkSpec.of(TestNetworks.batchNormAndDropout(new Momentum(1, 0.9)));
  private static final NormStatistics STATISTICS = NormStatistics.of(NETWORK);

  /** What the trial was evaluated with at the ends of its epochs. */
  private final List<TrainingState> epochEnds = new ArrayList<>();

  @BeforeAll
  static void oneThread() {
    Acceleration.useThreads(1);
  }

  /** Four epochs of 6 steps; a cycle of 8 ends in the midst of every second epoch. */
  private static Trial trial(TrialPolicy policy) {
    return new TrialGrid(
            List.of(policy),
            List.of(4.0 / STEPS_PER_EPOCH),
            List.of(TrialRange.given(new LrRange(0.01, 0.3))),
            List.of(1L),
            1,
            BATCH,
            4)
        .trials(TRAIN.size())
        .get(0);
  }

  private TrialOutcome run(
      TrialPolicy policy, Average average, int snapshots, Checkpoints checkpoints) {
    WeightSettings weights = new WeightSettings(average, 0.8, snapshots);
    Evaluator evaluator = new LocalEvaluator(NETWORK, TEST);
    Evaluator recording =
        new Evaluator() {
          @Override
          public Evaluation evaluate(TrainingState state) {
            epochEnds.add(state);
            return evaluator.evaluate(state);
          }

          @Override
          public Evaluation evaluateEnsemble(List<TrainingState> states) {
            return evaluator.evaluateEnsemble(states);
          }

          @Override
          public void close() {}
        };
    return new TrialRunner(
            trial(policy),
            new LocalEngine(NETWORK, TRAIN, 1),
            recording,
            TestPart.none(),
            new SweepSettings(ParallelTrials.fixed(1), 3, 4, 0, weights),
            new SweepListener() {},
            checkpoints,
            NETWORK.initialState(),
            STATISTICS,
            TrialStops.NEVER)
        .run();
  }

  private TrialOutcome run(TrialPolicy policy, Average average, int snapshots) {
    return run(policy, average, snapshots, Checkpoints.none());
  }

  /** The parameters after so many steps of a run of its own. */
  private static float[] after(Trial trial, int steps) {
    RoundCutter cutter = new RoundCutter(STEPS_PER_EPOCH, 5, BATCH, trial.schedule());
    try (LocalEngine engine = new LocalEngine(NETWORK, TRAIN, 1);
        var run = engine.start(NETWORK.initialState())) {
      cutter.rounds(0, steps, 100, step -> false).forEach(run::train);
      return run.state().parameters();
    }
  }

  private static ComputationGraph network(TrainingState state) {
    ComputationGraph network = NETWORK.build();
    FlatArrays.assign(network.params(), state.parameters(), "parameters");
    return network;
  }

  private static boolean isStatistic(int parameter) {
    float[] zeros = new float[NETWORK.initialState().parameters().length];
    float[] ones = zeros.clone();
    java.util.Arrays.fill(ones, 1);
    return STATISTICS.moved(new TrainingState(zeros, zeros, 0), new TrainingState(ones, zeros, 0))
            .parameters()[parameter]
        == 1;
  }

  @Test
  void snapshotsAreTheWeightsAtTheEndsOfTheLastCycles() {
    TrialOutcome outcome = run(TrialPolicy.TRIANGULAR, Average.NONE, 2);

    assertThat(outcome.status()).isEqualTo(TrialStatus.COMPLETED);
    assertThat(outcome.weights()).hasSize(1);
    EvaluatedWeights ensemble = outcome.weights().get(0);
    assertThat(ensemble.name()).isEqualTo("ensemble");
    assertThat(ensemble.states()).extracting(TrainingState::step).containsExactly(16L, 24L);
    for (TrainingState state : ensemble.states()) {
      assertThat(state.parameters()).containsExactly(after(outcome.trial(), (int) state.step()));
    }
  }

  @Test
  void anEnsemblesAnswerIsTheMeanOfItsNetworksProbabilities() {
    EvaluatedWeights ensemble = run(TrialPolicy.TRIANGULAR, Average.NONE, 3).weights().get(0);

    var test = TEST.minibatch(0, 0, TEST.size());
    INDArray mean = null;
    for (TrainingState state : ensemble.states()) {
      INDArray outputs = network(state).outputSingle(test.getFeatures());
      mean = mean == null ? outputs : mean.add(outputs);
    }
    mean = mean.div(3);
    double loss = 0;
    int right = 0;
    for (int i = 0; i < TEST.size(); i++) {
      int actual = test.getLabels().getRow(i).argMax().getInt(0);
      loss -= Math.log(mean.getDouble(i, actual)) / TEST.size();
      right += mean.getRow(i).argMax().getInt(0) == actual ? 1 : 0;
    }
    assertThat(ensemble.predictions().loss()).isCloseTo(loss, within(1e-6));
    assertThat(ensemble.predictions().accuracy()).isEqualTo((double) right / TEST.size());
  }

  @Test
  void theMeanIsOfAllCyclesEnds() {
    TrialOutcome outcome = run(TrialPolicy.COSINE_RESTARTS, Average.SWA, 0);

    EvaluatedWeights mean = outcome.weights().get(0);
    assertThat(mean.name()).isEqualTo("swa");
    assertThat(mean.members()).isEqualTo(3);
    List<float[]> ends =
        IntStream.of(8, 16, 24).mapToObj(step -> after(outcome.trial(), step)).toList();
    float[] parameters = mean.states().get(0).parameters();
    for (int i = 0; i < parameters.length; i++) {
      int at = i;
      double expected = ends.stream().mapToDouble(end -> end[at]).average().orElseThrow();
      if (!isStatistic(i)) {
        assertThat(parameters[i]).as("parameter %s", i).isCloseTo((float) expected, within(1e-6f));
      }
    }
  }

  /** PyTorch's update_bn: the mean over the batches of each batch's statistics. */
  @Test
  void aMeansBatchNormStatisticsAreThoseOfTheTrainingSet() {
    TrainingState mean =
        run(TrialPolicy.TRIANGULAR, Average.SWA, 0).weights().get(0).states().get(0);

    ComputationGraph network = network(mean);
    double[] means = new double[8];
    double[] variances = new double[8];
    for (int batch = 0; batch < STEPS_PER_EPOCH; batch++) {
      INDArray hidden =
          network
              .feedForward(TRAIN.minibatch(0, batch * BATCH, BATCH).getFeatures(), false)
              .get("hidden");
      for (int unit = 0; unit < 8; unit++) {
        means[unit] += hidden.getColumn(unit).meanNumber().doubleValue() / STEPS_PER_EPOCH;
        variances[unit] += hidden.getColumn(unit).var(false).getDouble(0) / STEPS_PER_EPOCH;
      }
    }
    for (int unit = 0; unit < 8; unit++) {
      assertThat(network.getLayer("norm").getParam("mean").getDouble(unit))
          .as("running mean of unit %s", unit)
          .isCloseTo(means[unit], within(1e-5));
      assertThat(network.getLayer("norm").getParam("log10stdev").getDouble(unit))
          .as("running deviation of unit %s", unit)
          .isCloseTo(Math.log10(Math.sqrt(variances[unit])), within(1e-4));
    }
  }

  /** After an epoch of 6 steps 0.8^6 of the mean is left. */
  @Test
  void theExponentialMeanIsOfAllEpochsEnds() {
    EvaluatedWeights mean = run(TrialPolicy.TRIANGULAR, Average.EMA, 0).weights().get(0);

    assertThat(mean.members()).isEqualTo(4);
    double left = Math.pow(0.8, STEPS_PER_EPOCH);
    for (int i = 0; i < mean.states().get(0).parameters().length; i++) {
      double expected = epochEnds.get(0).parameters()[i];
      for (TrainingState end : epochEnds.subList(1, 4)) {
        expected = left * expected + (1 - left) * end.parameters()[i];
      }
      if (!isStatistic(i)) {
        assertThat(mean.states().get(0).parameters()[i])
            .as("parameter %s", i)
            .isCloseTo((float) expected, within(1e-6f));
      }
    }
  }

  @Test
  void withoutTwoCyclesTheEndsOfTheLastEpochsTakeTheirPlace() {
    TrialOutcome outcome = run(TrialPolicy.ONE_CYCLE, Average.SWA, 3);

    assertThat(outcome.weights()).extracting(EvaluatedWeights::members).containsExactly(1L, 1L);
    assertThat(outcome.weights().get(1).states())
        .extracting(TrainingState::step)
        .containsExactly(24L);
  }

  @Test
  void theTrialItselfIsTheSameWithAndWithout() {
    TrialOutcome with = run(TrialPolicy.TRIANGULAR, Average.SWA, 3);
    TrialOutcome without = run(TrialPolicy.TRIANGULAR, Average.NONE, 0);

    assertThat(without.weights()).isEmpty();
    assertThat(with.steps()).isEqualTo(without.steps());
    assertThat(with.state().orElseThrow().parameters())
        .containsExactly(without.state().orElseThrow().parameters());
  }

  /** Killed after each checkpoint, of which one lies at each round's end. */
  @Test
  void killedAfterEachCheckpointItGivesTheBitsOfAnUndisturbedOne() {
    for (TrialPolicy policy : List.of(TrialPolicy.COSINE_RESTARTS, TrialPolicy.ONE_CYCLE)) {
      for (Average average : List.of(Average.SWA, Average.EMA)) {
        TrialOutcome undisturbed = run(policy, average, 2);
        MemoryCheckpoints checkpoints = MemoryCheckpoints.killingAfter(1);
        TrialOutcome resumed = null;
        int kills = 0;
        while (resumed == null) {
          try {
            resumed = run(policy, average, 2, checkpoints);
          } catch (MemoryCheckpoints.Killed e) {
            kills++;
            checkpoints.thenAfter(1);
          }
        }

        assertThat(kills).as("kills").isGreaterThanOrEqualTo(8);
        assertThat(resumed)
            .as("%s with %s", policy, average)
            .usingRecursiveComparison()
            .ignoringFields("epochs.durationMs")
            .isEqualTo(undisturbed);
      }
    }
  }
}
