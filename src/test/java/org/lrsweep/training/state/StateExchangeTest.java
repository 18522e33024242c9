package org.lrsweep.training.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.SparkEngine;
import org.lrsweep.training.spark.TrainingRun;
import org.nd4j.linalg.learning.config.Nesterovs;
import scala.collection.JavaConverters;

/** States that stay where they were trained: their mean, their loss and their end. */
@ExtendWith(LocalSpark.class)
class StateExchangeTest {
  private static final int BATCH = 12;
  private static final int ROUNDS = 6;
  private static final ArrayExamples EXAMPLES = ArrayExamples.random(ROUNDS * BATCH, 1);
  private static final ComputationGraphConfiguration SMALL =
      TestNetworks.batchNormAndDropout(new Nesterovs(1, 0.9));

  /** 2.4 MB of parameters and momentum: averaged in slices where there are three workers. */
  private static final ComputationGraphConfiguration LARGE =
      TestNetworks.dense(new Nesterovs(1, 0.9), 30_000);

  private final JavaSparkContext spark;

  StateExchangeTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  private SparkEngine engine(ComputationGraphConfiguration network, ArrayExamples... shares) {
    return new SparkEngine(
        spark,
        NetworkSpec.of(network),
        spark.parallelize(List.<WorkerExamples>of(shares), shares.length),
        3);
  }

  private static ArrayExamples[] shares(int workers) {
    return IntStream.range(0, workers)
        .mapToObj(w -> EXAMPLES.share(w, workers, BATCH))
        .toArray(ArrayExamples[]::new);
  }

  private static Round round(int number) {
    return new Round(0, number, BATCH, new double[] {0.1 + 0.05 * number});
  }

  private static TrainingState initial(ComputationGraphConfiguration network) {
    return TrainingState.of(NetworkSpec.of(network).build());
  }

  /** The sum in the workers' order, as a plain loop takes it. */
  @Test
  void threeWorkersLargeStatesAreAveragedInTheWorkersOrder() {
    TrainingState initial = initial(LARGE);
    float[] expected = new float[initial.parameters().length];
    float weight = (float) (4 / 12.0);
    for (ArrayExamples share : shares(3)) {
      try (SparkEngine engine = engine(LARGE, share);
          TrainingRun run = engine.start(initial)) {
        run.train(new Round(0, 0, BATCH / 3, new double[] {0.1}));
        float[] own = run.state().parameters();
        for (int i = 0; i < expected.length; i++) {
          expected[i] += weight * own[i];
        }
      }
    }

    try (SparkEngine engine = engine(LARGE, shares(3));
        TrainingRun run = engine.start(initial)) {
      run.train(round(0));

      assertThat(blocks(id -> id.name().contains("_mean"))).isNotEmpty();
      assertThat(run.state().parameters()).isEqualTo(expected);
    }
  }

  @Test
  void aLostStateIsTrainedAnewFromTheStartThatAnotherExecutorHas() {
    assertSameBitsAfterLosing(id -> id.name().contains("_w1_"));
  }

  @Test
  void ifAllStatesAreLostTheRunGoesBackToTheDriversCopy() {
    assertSameBitsAfterLosing(id -> id.name().contains("_w") || id.name().contains("_start"));
  }

  @Test
  void whatTheDriverHasACopyOfIsNotTrainedAnew() {
    assertSameBitsAfterLosing(
        id -> id.name().contains("_w") || id.name().contains("_start"), TrainingRun::state);
  }

  private void assertSameBitsAfterLosing(Predicate<BlockId> lost) {
    assertSameBitsAfterLosing(lost, run -> {});
  }

  private void assertSameBitsAfterLosing(Predicate<BlockId> lost, Consumer<TrainingRun> before) {
    TrainingState initial = initial(SMALL);
    List<RoundResult.TrainedStep> steps = new ArrayList<>();
    TrainingState undisturbed;
    try (SparkEngine engine = engine(SMALL, shares(2));
        TrainingRun run = engine.start(initial)) {
      for (int i = 0; i < ROUNDS; i++) {
        steps.addAll(run.train(round(i)).steps());
      }
      undisturbed = run.state();
    }

    try (SparkEngine engine = engine(SMALL, shares(2));
        TrainingRun run = engine.start(initial)) {
      List<RoundResult.TrainedStep> disturbed = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        if (i == 3) {
          before.accept(run);
          remove(lost);
        }
        disturbed.addAll(run.train(round(i)).steps());
      }
      remove(lost);

      TrainingState state = run.state();

      assertThat(disturbed).isEqualTo(steps);
      assertThat(state.parameters()).containsExactly(undisturbed.parameters());
      assertThat(state.updaterState()).containsExactly(undisturbed.updaterState());
      assertThat(state.step()).isEqualTo(ROUNDS);
    }
  }

  @Test
  void aRunKeepsTwoRoundsOfStatesAndNoneAfterItsEnd() {
    Set<BlockId> ofOthers = Set.copyOf(blocks(StateExchangeTest::isState));
    Predicate<BlockId> own = id -> isState(id) && !ofOthers.contains(id);

    try (SparkEngine engine = engine(SMALL, shares(2));
        TrainingRun run = engine.start(initial(SMALL))) {
      for (int i = 0; i < ROUNDS; i++) {
        run.train(round(i));
      }
      // Of the last two rounds: two workers' states and what they began from.
      assertThat(blocks(own)).hasSize(6);
    }

    // Spark drops a broadcast variable in the background.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!blocks(own).isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(blocks(own)).isEmpty();
  }

  private static boolean isState(BlockId id) {
    return id.name().matches("broadcast_\\d+_r\\d+_.*");
  }

  private static List<BlockId> blocks(Predicate<BlockId> which) {
    return JavaConverters.seqAsJavaList(manager().getMatchingBlockIds(which::test)).stream()
        .distinct()
        .toList();
  }

  private static void remove(Predicate<BlockId> which) {
    List<BlockId> lost = blocks(which);
    assertThat(lost).isNotEmpty();
    lost.forEach(id -> manager().removeBlock(id, false));
  }

  private static BlockManager manager() {
    return SparkEnv.get().blockManager();
  }
}
