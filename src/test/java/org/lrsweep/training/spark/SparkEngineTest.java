package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.ArgMax;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

@ExtendWith(LocalSpark.class)
class SparkEngineTest {
  private static final int BATCH = 12;
  private static final ArrayExamples EXAMPLES = ArrayExamples.random(10 * BATCH, 1);
  private static final double[] RATES = {0.1, 0.2, 0.05, 0.4, 0.1, 0.3, 0.01, 0.2, 0.1, 0.1};

  private final JavaSparkContext spark;

  SparkEngineTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  private SparkEngine engine(ComputationGraphConfiguration configuration, int workers) {
    List<WorkerExamples> shares =
        IntStream.range(0, workers)
            .<WorkerExamples>mapToObj(w -> EXAMPLES.share(w, workers, BATCH))
            .toList();
    return new SparkEngine(
        spark, NetworkSpec.of(configuration), spark.parallelize(shares, workers), 3);
  }

  private static TrainingRun start(SparkEngine engine, ComputationGraphConfiguration network) {
    return engine.start(TrainingState.of(NetworkSpec.of(network).build()));
  }

  /** Ten steps, {@code stepsPerRound} a round. */
  private TrainingState train(
      ComputationGraphConfiguration configuration, int workers, int stepsPerRound) {
    try (SparkEngine engine = engine(configuration, workers);
        TrainingRun run = start(engine, configuration)) {
      for (int first = 0; first < RATES.length; first += stepsPerRound) {
        double[] rates = java.util.Arrays.copyOfRange(RATES, first, first + stepsPerRound);
        run.train(new Round(0, first, BATCH, rates));
      }
      return run.state();
    }
  }

  @Test
  void workersAveragedEveryStepEqualOneWorkerWithTheWholeBatch() {
    ComputationGraphConfiguration network = TestNetworks.dense(new Momentum(1, 0.9));

    TrainingState one = train(network, 1, 1);

    for (int workers : new int[] {2, 3, 4}) {
      TrainingState many = train(network, workers, 1);
      assertThat(many.parameters()).containsExactly(one.parameters(), within(1e-5f));
      assertThat(many.updaterState()).containsExactly(one.updaterState(), within(1e-5f));
    }
  }

  /** Fails in a task's first two attempts, after a step of the round has been trained. */
  private record TwiceUnreadable(ArrayExamples examples) implements WorkerExamples {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      TaskContext task = TaskContext.get();
      if (from > 0 && task.attemptNumber() < 2) {
        throw new IllegalStateException("attempt " + task.attemptNumber() + " fails by the test");
      }
      return examples.minibatch(epoch, from, count);
    }
  }

  @Test
  void tasksThatFailTwiceAndLostBlocksOfExamplesChangeNoBit() {
    ComputationGraphConfiguration network = TestNetworks.batchNormAndDropout(new Momentum(1, 0.9));
    TrainingState undisturbed = train(network, 2, 2);
    List<WorkerExamples> failing =
        IntStream.range(0, 2)
            .<WorkerExamples>mapToObj(w -> new TwiceUnreadable(EXAMPLES.share(w, 2, BATCH)))
            .toList();
    JavaRDD<WorkerExamples> examples = spark.parallelize(failing, 2);

    try (SparkEngine engine = new SparkEngine(spark, NetworkSpec.of(network), examples, 3);
        TrainingRun run = start(engine, network)) {
      for (int first = 0; first < RATES.length; first += 2) {
        double[] rates = java.util.Arrays.copyOfRange(RATES, first, first + 2);
        run.train(new Round(0, first, BATCH, rates));
        BlockManager blocks = SparkEnv.get().blockManager();
        RDDBlockId firstShare = new RDDBlockId(examples.id(), 0);
        assertThat(blocks.getStatus(firstShare).isDefined()).isTrue();
        blocks.removeRdd(examples.id());
        assertThat(blocks.getStatus(firstShare).isDefined()).isFalse();
      }

      assertThat(run.state().parameters()).containsExactly(undisturbed.parameters());
      assertThat(run.state().updaterState()).containsExactly(undisturbed.updaterState());
    }
  }

  @Test
  void aRoundOfOneWorkerIsDl4jsOwnTrainingUnderTheSameSchedule() {
    for (IUpdater updater : new IUpdater[] {new Nesterovs(1, 0.9), new Adam(1)}) {
      ComputationGraphConfiguration network = TestNetworks.dense(updater);
      ComputationGraph alone = NetworkSpec.of(network).build();
      // As workers do: stock layers would differ in their last bits.
      Acceleration.accelerate(alone);
      for (int step = 0; step < RATES.length; step++) {
        alone.setLearningRate(RATES[step]);
        alone.fit(EXAMPLES.minibatch(0, step * BATCH, BATCH));
      }

      TrainingState state = train(network, 1, 2);

      assertThat(state.parameters()).containsExactly(FlatArrays.copy(alone.params()));
      assertThat(state.step()).isEqualTo(RATES.length);
    }
  }

  @Test
  void howStepsAreDividedIntoRoundsDoesNotChangeABitOfOneWorkersTraining() {
    ComputationGraphConfiguration network = TestNetworks.batchNormAndDropout(new Adam(1));

    TrainingState single = train(network, 1, 1);
    TrainingState five = train(network, 1, 5);
    TrainingState all = train(network, 1, 10);

    assertThat(five.parameters()).containsExactly(single.parameters());
    assertThat(all.parameters()).containsExactly(single.parameters());
    assertThat(all.updaterState()).containsExactly(single.updaterState());
  }

  @Test
  void threeWorkersRepeatToTheBit() {
    ComputationGraphConfiguration network = TestNetworks.batchNormAndDropout(new Momentum(1, 0.9));

    TrainingState first = train(network, 3, 1);

    for (int repeat = 0; repeat < 3; repeat++) {
      assertThat(train(network, 3, 1).parameters()).containsExactly(first.parameters());
    }
  }

  @Test
  void aStepsLossIsTheMeanOverAllWorkersExamplesAndCountsRightAnswers() {
    ComputationGraphConfiguration configuration = TestNetworks.dense(new Momentum(1, 0.9));
    ComputationGraph stock = NetworkSpec.of(configuration).build();
    DataSet batch = EXAMPLES.minibatch(0, 0, BATCH);
    double loss = stock.score(batch, true);
    float[][] predicted = stock.outputSingle(batch.getFeatures()).toFloatMatrix();
    long right =
        IntStream.range(0, BATCH)
            .filter(i -> ArgMax.of(predicted[i]) == ArgMax.of(EXAMPLES.labels()[i]))
            .count();

    try (SparkEngine engine = engine(configuration, 3);
        TrainingRun run = engine.start(TrainingState.of(stock))) {
      RoundResult result = run.train(new Round(0, 0, BATCH, new double[] {0.1}));

      assertThat(result.steps()).hasSize(1);
      RoundResult.TrainedStep step = result.steps().get(0);
      assertThat(step.loss()).isCloseTo(loss, within(1e-6));
      assertThat(step.correct()).isEqualTo(right);
      assertThat(step.examples()).isEqualTo(BATCH);
      assertThat(step.learningRate()).isEqualTo(0.1);
    }
  }

  @Test
  void aRoundStopsAtTheStepWhoseLossIsNotFinite() {
    ComputationGraphConfiguration configuration = TestNetworks.dense(new Momentum(1, 0.9));
    try (SparkEngine engine = engine(configuration, 1);
        TrainingRun run = start(engine, configuration)) {
      RoundResult result =
          run.train(
              new Round(0, 0, BATCH, new double[] {0.1, Double.POSITIVE_INFINITY, 0.1, 0.1, 0.1}));

      assertThat(result.steps().get(result.steps().size() - 1).loss()).isNaN();
      assertThat(result.steps()).hasSizeLessThan(5);
      assertThat(run.step()).isEqualTo(result.steps().size());
      assertThat(run.state().step()).isEqualTo(run.step());
    }
  }

  @Test
  void aTaskThatSparkRepeatsTrainsTheSameBits() {
    ComputationGraphConfiguration network = TestNetworks.batchNormAndDropout(new Momentum(1, 0.9));
    NetworkSpec spec = NetworkSpec.of(network);
    TrainingState initial = TrainingState.of(spec.build());
    Round round = new Round(0, 0, BATCH, new double[] {0.1, 0.2, 0.1});

    List<RoundResult.TrainedStep> steps;
    TrainingState undisturbed;
    try (SparkEngine engine = engine(network, 1);
        TrainingRun run = engine.start(initial)) {
      steps = run.train(round).steps();
      undisturbed = run.state();
    }
    List<WorkerExamples> failing = List.of(new FailingOnce(EXAMPLES));
    try (SparkEngine engine = new SparkEngine(spark, spec, spark.parallelize(failing, 1), 3);
        TrainingRun run = engine.start(initial)) {
      RoundResult repeated = run.train(round);

      assertThat(FailingOnce.FAILURES.get()).isEqualTo(1);
      assertThat(repeated.steps()).isEqualTo(steps);
      assertThat(run.state().parameters()).containsExactly(undisturbed.parameters());
    }
  }

  /** Examples whose second batch throws the first time that a task asks for it. */
  private record FailingOnce(ArrayExamples examples) implements WorkerExamples {
    static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      if (from == BATCH && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("the first attempt fails, as this test wants");
      }
      return examples.minibatch(epoch, from, count);
    }
  }

  @Test
  void aStepWithoutExamplesIsRefused() {
    ComputationGraphConfiguration network = TestNetworks.dense(new Momentum(1, 0.9));
    try (SparkEngine engine = engine(network, 2);
        TrainingRun run = start(engine, network)) {
      assertThatThrownBy(() -> run.train(new Round(0, 10, BATCH, new double[] {0.1})))
          .hasMessageContaining("Epoch 0 has no examples left for step 10");
    }
  }

  @Test
  void examplesThatTheUserKeepsStayKept() {
    JavaRDD<WorkerExamples> kept =
        spark.parallelize(List.<WorkerExamples>of(EXAMPLES), 1).persist(StorageLevel.DISK_ONLY());
    ComputationGraphConfiguration network = TestNetworks.dense(new Momentum(1, 0.9));

    try (SparkEngine engine = new SparkEngine(spark, NetworkSpec.of(network), kept, 3)) {
      assertThat(engine.workers()).isEqualTo(1);
    }

    assertThat(kept.getStorageLevel()).isEqualTo(StorageLevel.DISK_ONLY());
    kept.unpersist();
  }

  @Test
  void aBatchThatCannotBeSharedEvenlyIsRefused() {
    ComputationGraphConfiguration configuration = TestNetworks.dense(new Momentum(1, 0.9));
    try (SparkEngine engine = engine(configuration, 3);
        TrainingRun run = start(engine, configuration)) {
      assertThatThrownBy(() -> run.train(new Round(0, 0, 64, RATES)))
          .hasMessage("A batch of 64 examples can't be shared evenly between 3 workers");
    }
  }

  @Test
  void theEvaluatorsCountsAreDl4jsEvaluationInAnyNumberOfPartitions() {
    ComputationGraphConfiguration configuration = TestNetworks.dense(new Momentum(1, 0.9));
    ComputationGraph stock = NetworkSpec.of(configuration).build();
    org.nd4j.evaluation.classification.Evaluation expected =
        new org.nd4j.evaluation.classification.Evaluation();
    DataSet all = EXAMPLES.minibatch(0, 0, EXAMPLES.size());
    expected.eval(all.getLabels(), stock.outputSingle(all.getFeatures()));

    for (int parts : new int[] {1, 3}) {
      List<WorkerExamples> shares =
          IntStream.range(0, parts)
              .<WorkerExamples>mapToObj(w -> EXAMPLES.share(w, parts, BATCH))
              .toList();
      try (SparkEvaluator evaluator =
          new SparkEvaluator(
              spark, NetworkSpec.of(configuration), spark.parallelize(shares, parts))) {
        Evaluation predictions = evaluator.evaluate(TrainingState.of(stock));

        assertThat(predictions.examples()).isEqualTo(EXAMPLES.size());
        assertThat(predictions.accuracy()).isEqualTo(expected.accuracy(), within(1e-12));
        assertThat(predictions.loss()).isCloseTo(stock.score(all, false), within(1e-6));
        for (int actual = 0; actual < ArrayExamples.CLASSES; actual++) {
          for (int predicted = 0; predicted < ArrayExamples.CLASSES; predicted++) {
            assertThat(predictions.confusion()[actual][predicted])
                .isEqualTo(expected.getConfusion().getCount(actual, predicted));
          }
        }
      }
    }
  }

  /** As those of a test set that has fewer examples than parts. */
  @Test
  void partsWithoutExamplesCountForNothingAndATestSetOfThemIsRefused() {
    NetworkSpec network = NetworkSpec.of(TestNetworks.dense(new Momentum(1, 0.9)));
    TrainingState state = network.initialState();
    WorkerExamples none = ArrayExamples.random(0, 1);
    try (SparkEvaluator whole =
            new SparkEvaluator(
                spark, network, spark.parallelize(List.<WorkerExamples>of(EXAMPLES), 1));
        SparkEvaluator parts =
            new SparkEvaluator(
                spark, network, spark.parallelize(List.of(none, EXAMPLES, none), 3));
        SparkEvaluator empty =
            new SparkEvaluator(spark, network, spark.parallelize(List.of(none, none), 2))) {
      assertThat(parts.evaluate(state)).usingRecursiveComparison().isEqualTo(whole.evaluate(state));
      assertThatThrownBy(() -> empty.evaluate(state))
          .hasMessage("The test set must have at least one example, found none");
    }
  }
}
