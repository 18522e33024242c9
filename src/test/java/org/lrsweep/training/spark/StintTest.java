package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Rounds that one job trains one after the other, against rounds of a job each. */
@ExtendWith(LocalSpark.class)
class StintTest {
  private static final int BATCH = 12;
  private static final int ROUNDS = 30;
  private static final ArrayExamples EXAMPLES = ArrayExamples.random(ROUNDS * BATCH, 1);
  private static final ComputationGraphConfiguration SMALL =
      TestNetworks.batchNormAndDropout(new Nesterovs(1, 0.9));

  /** 2.4 MB of parameters and momentum: averaged in slices where there are three workers. */
  private static final ComputationGraphConfiguration LARGE =
      TestNetworks.dense(new Nesterovs(1, 0.9), 30_000);

  private final JavaSparkContext spark;

  StintTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  private record Trained(List<RoundResult.TrainedStep> steps, TrainingState state, int jobs) {}

  private Trained train(
      ComputationGraphConfiguration network,
      int workers,
      int atOnce,
      UnaryOperator<WorkerExamples> disturbance)
      throws Exception {
    List<WorkerExamples> shares =
        IntStream.range(0, workers)
            .mapToObj(w -> disturbance.apply(EXAMPLES.share(w, workers, BATCH)))
            .toList();
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.incrementAndGet();
          }
        };
    spark.sc().addSparkListener(counter);
    List<RoundResult.TrainedStep> steps = new ArrayList<>();
    NetworkSpec spec = NetworkSpec.of(network);
    try (RoundEngine engine = new RoundEngine(spark, spec, spark.parallelize(shares, workers), 3);
        TrainingRun run = engine.start(TrainingState.of(spec.build()))) {
      while (steps.size() < ROUNDS) {
        int first = steps.size();
        List<Round> rounds =
            IntStream.range(first, Math.min(first + atOnce, ROUNDS))
                .mapToObj(i -> new Round(0, i, BATCH, new double[] {0.1 + 0.01 * (i % 5)}))
                .toList();
        run.train(rounds).forEach(result -> steps.addAll(result.steps()));
      }
      TrainingState state = run.state();
      spark.sc().listenerBus().waitUntilEmpty();
      return new Trained(steps, state, jobs.get());
    } finally {
      spark.sc().removeSparkListener(counter);
    }
  }

  private static void assertSameBits(Trained actual, Trained expected) {
    assertThat(actual.steps()).isEqualTo(expected.steps());
    assertThat(actual.state().parameters()).containsExactly(expected.state().parameters());
    assertThat(actual.state().updaterState()).containsExactly(expected.state().updaterState());
    assertThat(actual.state().step()).isEqualTo(ROUNDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void givesTheBitsOfRoundsWithAJobEach(int workers) throws Exception {
    Trained single = train(SMALL, workers, 1, share -> share);
    Trained together = train(SMALL, workers, ROUNDS, share -> share);

    assertThat(together.jobs()).isLessThanOrEqualTo(ROUNDS / 3);
    assertSameBits(together, single);
  }

  @Test
  void givesTheSameBitsWhereStatesAreAveragedInSlices() throws Exception {
    Trained single = train(LARGE, 3, 1, share -> share);
    Trained together = train(LARGE, 3, ROUNDS, share -> share);

    assertThat(together.jobs()).isLessThan(ROUNDS);
    assertSameBits(together, single);
  }

  /** Fails in the middle of a stint, in a task's first attempts. */
  private record Unreadable(WorkerExamples examples, int attempts) implements WorkerExamples {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      boolean middle = from == 5 * count || from == 20 * count;
      if (middle && TaskContext.get().attemptNumber() < attempts) {
        throw new IllegalStateException("unreadable, as this test wants");
      }
      return examples.minibatch(epoch, from, count);
    }
  }

  @Test
  void aWorkerThatFailsTwiceInTheMiddleChangesNoBit() throws Exception {
    Trained undisturbed = train(SMALL, 2, ROUNDS, share -> share);

    Trained disturbed = train(SMALL, 2, ROUNDS, share -> new Unreadable(share, 2));

    assertSameBits(disturbed, undisturbed);
  }

  @Test
  void aWorkerThatAlwaysFailsEndsTheRunWithItsOwnReason() {
    assertThatThrownBy(() -> train(SMALL, 2, ROUNDS, share -> new Unreadable(share, 9)))
        .hasStackTraceContaining("unreadable, as this test wants");
  }

  /** A share of NaN from an example on. */
  private record Spoilt(WorkerExamples examples, int from) implements WorkerExamples {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public DataSet minibatch(int epoch, int first, int count) {
      DataSet batch = examples.minibatch(epoch, first, count);
      if (first >= from) {
        batch.getFeatures().assign(Double.NaN);
      }
      return batch;
    }
  }

  @Test
  void endsForAllWorkersAtALossThatIsNotFinite() {
    List<WorkerExamples> shares =
        List.of(
            EXAMPLES.share(0, 2, BATCH), new Spoilt(EXAMPLES.share(1, 2, BATCH), 9 * BATCH / 2));
    NetworkSpec spec = NetworkSpec.of(SMALL);
    try (RoundEngine engine = new RoundEngine(spark, spec, spark.parallelize(shares, 2), 3);
        TrainingRun run = engine.start(TrainingState.of(spec.build()))) {
      List<RoundResult> results = new ArrayList<>();
      while (results.isEmpty() || results.get(results.size() - 1).finite()) {
        results.addAll(
            run.train(
                IntStream.range(results.size(), ROUNDS)
                    .mapToObj(i -> new Round(0, i, BATCH, new double[] {0.1}))
                    .toList()));
      }

      assertThat(results).hasSize(10);
      assertThat(run.step()).isEqualTo(10);
    }
  }
}
