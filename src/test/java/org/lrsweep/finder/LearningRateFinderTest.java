package org.lrsweep.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.schedule.ExponentialSweep;
import org.lrsweep.schedule.FixedSchedule;
import org.lrsweep.schedule.Schedule;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.MemoryCheckpoints;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.SparkEngine;

@ExtendWith(LocalSpark.class)
class LearningRateFinderTest {
  private static final int BATCH = 12;

  /** Five and a half batches: the last step of an epoch has fewer examples. */
  private static final ArrayExamples EXAMPLES = ArrayExamples.random(5 * BATCH + BATCH / 2, 1);

  private static final int STEPS_PER_EPOCH = 6;

  private final JavaSparkContext spark;
  private final ComputationGraphConfiguration network =
      TestNetworks.batchNormAndDropout(new Momentum(1, 0.9));

  LearningRateFinderTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  private FinderResult find(Schedule schedule, int averagingFrequency, TrainingState initial) {
    List<FinderStep> heard = new ArrayList<>();
    FinderResult result =
        find(schedule, averagingFrequency, initial, heard::add, Checkpoints.none());
    assertThat(heard).isEqualTo(result.steps());
    return result;
  }

  private FinderResult find(
      Schedule schedule,
      int averagingFrequency,
      TrainingState initial,
      Consumer<FinderStep> progress,
      Checkpoints checkpoints) {
    List<WorkerExamples> shares =
        IntStream.range(0, 2).<WorkerExamples>mapToObj(w -> EXAMPLES.share(w, 2, BATCH)).toList();
    FinderPlan plan =
        new FinderPlan(schedule, STEPS_PER_EPOCH, 4, BATCH, averagingFrequency, 0.98, 4);
    try (SparkEngine engine =
        new SparkEngine(spark, NetworkSpec.of(network), spark.parallelize(shares, 2), 3)) {
      return new LearningRateFinder(engine, plan).find(initial, progress, checkpoints);
    }
  }

  private TrainingState initial() {
    return TrainingState.of(NetworkSpec.of(network).build());
  }

  @Test
  void aTestThatIsKilledAfterEveryCheckpointGivesTheBitsOfAnUndisturbedOne() {
    Schedule schedule = new ExponentialSweep(1e-4, 100, 24);
    FinderResult undisturbed = find(schedule, 2, initial());
    MemoryCheckpoints checkpoints = MemoryCheckpoints.killingAfter(1);

    int kills = 0;
    FinderResult resumed = null;
    while (resumed == null) {
      try {
        resumed = find(schedule, 2, initial(), step -> {}, checkpoints);
      } catch (MemoryCheckpoints.Killed e) {
        kills++;
        checkpoints.thenAfter(1);
      }
    }

    assertThat(kills).isGreaterThan(5);
    assertThat(resumed).isEqualTo(undisturbed);
  }

  @Test
  void aCheckpointOfAnotherTestIsRefused() {
    MemoryCheckpoints checkpoints = MemoryCheckpoints.killingAfter(1);
    assertThatThrownBy(
            () -> find(new ExponentialSweep(1e-4, 1, 24), 1, initial(), step -> {}, checkpoints))
        .isInstanceOf(MemoryCheckpoints.Killed.class);

    assertThatThrownBy(
            () -> find(new ExponentialSweep(1e-5, 1, 24), 1, initial(), step -> {}, checkpoints))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The checkpoint is of another range test: FinderPlan[");
  }

  @Test
  void recordsEachStepAtItsLearningRateAndGoesThroughEveryEpoch() {
    FinderResult result = find(new ExponentialSweep(1e-6, 1e-2, 24), 1, initial());

    assertThat(result.steps()).hasSize(24);
    assertThat(result.stopReason()).isEmpty();
    double multiplier = Math.pow(1e4, 1 / 24.0);
    double lr = 1e-6;
    for (FinderStep step : result.steps()) {
      assertThat(step.lr()).isCloseTo(lr, within(1e-12 * lr));
      lr *= multiplier;
    }
    assertThat(result.examples().subList(0, STEPS_PER_EPOCH))
        .containsExactly(12L, 12L, 12L, 12L, 12L, 6L);
  }

  @Test
  void smoothedLossFollowsFromTheRawLossByTheTutorialsRecursion() {
    FinderResult result = find(new ExponentialSweep(1e-4, 1, 24), 1, initial());

    double average = 0;
    double best = Double.NaN;
    int i = 0;
    for (FinderStep step : result.steps()) {
      i++;
      average = 0.98 * average + 0.02 * step.loss();
      double smooth = average / (1 - Math.pow(0.98, i));
      best = i == 1 || smooth < best ? smooth : best;
      assertThat(step.smoothedLoss()).isCloseTo(smooth, within(1e-9 * smooth));
      assertThat(step.bestLoss()).isCloseTo(best, within(1e-9 * best));
    }
  }

  @Test
  void leavesParametersUpdaterStateAndBatchNormStatisticsAsTheyWere() {
    // Trained before, so that there is a velocity, statistics have moved, and steps are counted.
    ComputationGraph live = NetworkSpec.of(network).build();
    live.setLearningRate(0.1);
    for (int step = 0; step < 3; step++) {
      live.fit(EXAMPLES.minibatch(0, step * BATCH, BATCH));
    }
    TrainingState before = TrainingState.of(live);
    float[] parameters = before.parameters().clone();
    float[] updaterState = before.updaterState().clone();
    assertThat(updaterState).isNotEqualTo(new float[updaterState.length]);

    FinderResult result = find(new ExponentialSweep(1e-3, 10, 24), 1, before);

    assertThat(result.steps().get(0).loss()).isNotEqualTo(result.steps().get(1).loss());
    assertThat(before.parameters()).containsExactly(parameters);
    assertThat(before.updaterState()).containsExactly(updaterState);
    ComputationGraph restored = NetworkSpec.of(network).build();
    before.restore(restored);
    assertThat(restored.params()).isEqualTo(live.params());
    assertThat(restored.getUpdater().getStateViewArray())
        .isEqualTo(live.getUpdater().getStateViewArray());
    assertThat(restored.getIterationCount()).isEqualTo(3);
    assertThat(live.getIterationCount()).isEqualTo(3);
  }

  @Test
  void repeatsToTheBit() {
    TrainingState initial = initial();

    FinderResult first = find(new ExponentialSweep(1e-3, 1, 24), 1, initial);
    FinderResult second = find(new ExponentialSweep(1e-3, 1, 24), 1, initial);

    assertThat(second).isEqualTo(first);
  }

  @Test
  void averagingLessOftenStillRecordsEveryStep() {
    FinderResult result = find(new ExponentialSweep(1e-6, 1e-2, 24), 4, initial());

    assertThat(result.steps()).hasSize(24);
    assertThat(result.steps().get(23).step()).isEqualTo(23);
  }

  @Test
  void stopsAtALossThatIsNotFiniteAndStillRecordsIt() {
    FinderResult result = find(new FixedSchedule(Double.MAX_VALUE), 1, initial());

    assertThat(result.stopReason()).contains(StopReason.NOT_FINITE);
    FinderStep last = result.steps().get(result.steps().size() - 1);
    assertThat(last.loss()).isNaN();
    assertThat(result.rows("run-x", 0)).hasSameSizeAs(result.steps());
  }
}
