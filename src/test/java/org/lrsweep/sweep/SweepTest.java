package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.MemoryCheckpoints;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;

@ExtendWith(LocalSpark.class)
class SweepTest {
  private static final int BATCH = 12;
  private static final ArrayExamples EXAMPLES = ArrayExamples.random(10 * BATCH, 1);

  /** The seed of a trial whose tasks all fail on the executor. */
  private static final long UNREADABLE = 99;

  private final JavaSparkContext spark;

  /** The seed of a trial that goes on until it is cancelled. */
  private static final long ENDLESS = 98;

  private static final CountDownLatch ENDLESS_AT_WORK = new CountDownLatch(1);

  private record Endless() implements WorkerExamples {
    @Override
    public int size() {
      return 1_000_000 * BATCH;
    }

    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      ENDLESS_AT_WORK.countDown();
      return EXAMPLES.minibatch(0, 0, count);
    }
  }

  private record Unreadable() implements WorkerExamples {
    @Override
    public int size() {
      return 120;
    }

    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      throw new IllegalStateException("unreadable, as this test wants");
    }
  }

  SweepTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  private final class Networks implements TrialNetworks {
    @Override
    public NetworkSpec network(long seed) {
      if (seed < 0) {
        return new NetworkSpec("{\"not\": \"a network\"}");
      }
      return NetworkSpec.of(TestNetworks.batchNormAndDropout(new Momentum(1, 0.9)));
    }

    @Override
    public JavaRDD<WorkerExamples> trainExamples(long seed) {
      if (seed == ENDLESS) {
        return spark.parallelize(List.<WorkerExamples>of(new Endless()), 1);
      }
      return seed == UNREADABLE
          ? spark.parallelize(List.<WorkerExamples>of(new Unreadable()), 1)
          : examples();
    }

    @Override
    public JavaRDD<WorkerExamples> testExamples() {
      return examples();
    }

    private JavaRDD<WorkerExamples> examples() {
      return spark.parallelize(List.<WorkerExamples>of(EXAMPLES), 1);
    }
  }

  private static TrialRange range(double baseLr, double maxLr) {
    return TrialRange.given(new LrRange(baseLr, maxLr));
  }

  private static TrialGrid grid(List<TrialRange> ranges, List<Long> seeds) {
    return new TrialGrid(
        List.of(TrialPolicy.TRIANGULAR, TrialPolicy.TRIANGULAR2),
        List.of(0.5, 1.0),
        ranges,
        seeds,
        1,
        BATCH,
        4);
  }

  private List<TrialOutcome> run(List<Trial> trials, int parallel, int stepsPerRound) {
    return new Sweep(
            spark, "run-a", new Networks(), new SweepSettings(parallel, stepsPerRound, 4, 1))
        .run(trials, new SweepListener() {});
  }

  private static List<Trial> trials() {
    return grid(List.of(range(0.001, 0.1)), List.of(1L)).trials(EXAMPLES.size());
  }

  @Test
  void everyCombinationIsATrial() {
    List<Trial> trials =
        grid(List.of(range(0.001, 0.1), range(0.01, 0.1)), List.of(1L, 2L)).trials(EXAMPLES.size());

    assertThat(trials).hasSize(16).doesNotHaveDuplicates();
    assertThat(trials.get(0).id()).isEqualTo("trial-01");
    assertThat(trials.get(15).id()).isEqualTo("trial-16");
    assertThat(trials.get(1).stepSizeSteps()).isEqualTo(10);
    assertThat(trials.get(0).stepSizeSteps()).isEqualTo(5);
  }

  /** The tutorial: 8 epochs of floor(60,000 / 64) are 7,496 steps, and 48 epochs three cycles. */
  @Test
  void theTutorialsStepSizeIsCountedInWholeBatches() {
    TrialGrid tutorial =
        new TrialGrid(
            List.of(TrialPolicy.TRIANGULAR),
            List.of(8.0),
            List.of(range(1e-5, 1e-2)),
            List.of(1L),
            1,
            64,
            48);

    Trial trial = tutorial.trials(60_000).get(0);

    assertThat(trial.stepsPerEpoch()).isEqualTo(937);
    assertThat(trial.stepSizeSteps()).isEqualTo(7_496);
    assertThat(trial.epochs() * trial.stepsPerEpoch()).isEqualTo(3 * 2 * 7_496);
  }

  @Test
  void aConstantRateIsTriedOnceForEachUpperBoundAndSeed() {
    LrRange wide = new LrRange(0.001, 0.1);
    TrialGrid grid =
        new TrialGrid(
            List.of(TrialPolicy.CONSTANT, TrialPolicy.TRIANGULAR),
            List.of(0.5, 1.0),
            List.of(range(0.01, 0.1), TrialRange.given(wide), TrialRange.by("valley", wide)),
            List.of(1L, 2L),
            1,
            BATCH,
            4);

    List<Trial> constants =
        grid.trials(EXAMPLES.size()).stream()
            .filter(trial -> trial.policy() == TrialPolicy.CONSTANT)
            .toList();

    assertThat(constants).extracting(Trial::seed).containsExactly(1L, 1L, 2L, 2L);
    assertThat(constants)
        .extracting(Trial::rangeMethod)
        .startsWith(Optional.empty(), Optional.of("valley"));
    assertThat(constants)
        .allSatisfy(
            trial -> {
              assertThat(trial.baseLr()).isEqualTo(0.1);
              assertThat(trial.maxLr()).isEqualTo(0.1);
              assertThat(trial.stepSizeEpochs()).isEqualTo(4);
              assertThat(trial.stepSizeSteps()).isEqualTo(40);
            });
    assertThat(grid.trials(EXAMPLES.size())).hasSize(4 + 12).doesNotHaveDuplicates();
  }

  @Test
  void aConstantRateIsThatOfEveryStep() {
    Trial trial =
        new TrialGrid(
                List.of(TrialPolicy.CONSTANT),
                List.of(1.0),
                List.of(range(0.05, 0.05)),
                List.of(1L),
                1,
                BATCH,
                2)
            .trials(EXAMPLES.size())
            .get(0);

    assertThat(run(List.of(trial), 1, 7).get(0).steps())
        .hasSize(20)
        .allSatisfy(row -> assertThat(row.lr()).isEqualTo(0.05));
  }

  @Test
  void everyStepsLearningRateFollowsTheFormula() {
    for (TrialOutcome outcome : run(trials(), 2, 3)) {
      assertThat(outcome.status()).isEqualTo(TrialStatus.COMPLETED);
      assertThat(outcome.steps()).hasSize(40);
      double stepSize = outcome.trial().stepSizeSteps();
      for (TrialStep row : outcome.steps()) {
        double cycle = Math.floor(1 + row.step() / (2 * stepSize));
        double x = Math.abs(row.step() / stepSize - 2 * cycle + 1);
        double scale =
            outcome.trial().policy() == TrialPolicy.TRIANGULAR2 ? Math.pow(0.5, cycle - 1) : 1;
        double lr = 0.001 + (0.1 - 0.001) * Math.max(0, 1 - x) * scale;
        assertThat(row.lr()).isCloseTo(lr, within(1e-12));
        assertThat(row.epoch()).isEqualTo((int) (row.step() / 10) + 1);
      }
    }
  }

  @Test
  void trialsSideBySideComputeWhatTheyComputeAlone() {
    List<TrialOutcome> alone = run(trials(), 1, 10);
    List<TrialOutcome> together = run(trials(), 4, 10);

    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i).steps()).isEqualTo(alone.get(i).steps());
      assertThat(together.get(i).state().orElseThrow().parameters())
          .containsExactly(alone.get(i).state().orElseThrow().parameters());
      for (int e = 0; e < alone.get(i).epochs().size(); e++) {
        TrialEpoch one = alone.get(i).epochs().get(e);
        TrialEpoch other = together.get(i).epochs().get(e);
        assertThat(other).usingRecursiveComparison().ignoringFields("durationMs").isEqualTo(one);
      }
    }
  }

  /** Rounds of 3 steps: a checkpoint lies in the middle of an epoch, or before its evaluation. */
  @Test
  void trialsThatAreKilledAfterEachCheckpointGiveTheBitsOfUndisturbedOnes() {
    List<Trial> trials = trials().subList(0, 2);
    List<TrialOutcome> undisturbed = run(trials, 1, 3);

    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      MemoryCheckpoints checkpoints = MemoryCheckpoints.killingAfter(1);
      List<TrialOutcome> ended = new ArrayList<>();
      int kills = 0;
      while (ended.isEmpty()) {
        try {
          sweep(1, 3).run(List.of(trial), keeping(ended), any -> checkpoints);
        } catch (SweepBrokenException e) {
          assertThat(e).hasCauseInstanceOf(MemoryCheckpoints.Killed.class);
          kills++;
          checkpoints.thenAfter(1);
        }
      }

      assertThat(kills).isEqualTo(4 * 4);
      assertThat(ended.get(0))
          .usingRecursiveComparison()
          .ignoringFields("epochs.durationMs")
          .isEqualTo(undisturbed.get(i));
    }
  }

  private static SweepListener keeping(List<TrialOutcome> outcomes) {
    return new SweepListener() {
      @Override
      public void trialEnded(TrialOutcome outcome) {
        outcomes.add(outcome);
      }
    };
  }

  private Sweep sweep(int parallel, int stepsPerRound) {
    return new Sweep(
        spark, "run-a", new Networks(), new SweepSettings(parallel, stepsPerRound, 4, 1));
  }

  @Test
  void aTrialThatThrowsIsTriedAgainFromItsLastCheckpointAndNoMoreThanConfigured() {
    List<String> rounds = new ArrayList<>();
    SweepListener failing =
        new SweepListener() {
          @Override
          public void roundEnded(Trial trial, TrialStep last) {
            rounds.add("to step " + last.step());
            if (last.step() >= 29) {
              throw new IllegalStateException("thrown by the test");
            }
          }
        };
    List<TrialOutcome> ended = new ArrayList<>();

    sweep(1, 10)
        .run(
            trials().subList(0, 1),
            failing.and(keeping(ended)),
            any -> MemoryCheckpoints.killingAfter(1000));

    assertThat(rounds).containsExactly("to step 9", "to step 19", "to step 29", "to step 29");
    assertThat(ended.get(0).status()).isEqualTo(TrialStatus.FAILED);
    assertThat(ended.get(0).error().orElseThrow()).contains("thrown by the test");
    assertThat(ended.get(0).epochs()).hasSize(2);
  }

  @Test
  void anOutputThatCannotBeWrittenIsNoTrialsFault() {
    List<TrialOutcome> ended = new ArrayList<>();
    SweepListener full =
        new SweepListener() {
          @Override
          public void trialEnded(TrialOutcome outcome) {
            throw new IllegalArgumentException("disk full, says the test");
          }
        };

    assertThatThrownBy(
            () -> sweep(2, 10).run(trials(), full.and(keeping(ended)), any -> Checkpoints.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("disk full, says the test");
    assertThat(ended).isEmpty();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aSweepThatBreaksOffHasEndedWithItsThreadsJobsAndTasks() throws Exception {
    Trial endless =
        grid(List.of(range(0.001, 0.1)), List.of(ENDLESS)).trials(1_000_000 * BATCH).get(0);
    List<Trial> trials = List.of(endless, trials().get(1), trials().get(2));
    List<String> ended = Collections.synchronizedList(new ArrayList<>());
    List<Thread> driving = Collections.synchronizedList(new ArrayList<>());
    SweepListener full =
        new SweepListener() {
          @Override
          public void roundTrained(Trial trial, RoundResult round) {
            driving.add(Thread.currentThread());
          }

          @Override
          public void trialEnded(TrialOutcome outcome) {
            try {
              ENDLESS_AT_WORK.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            ended.add(outcome.trial().id());
            throw new IllegalArgumentException("disk full, says the test");
          }
        };

    assertThatThrownBy(() -> sweep(2, 1_000_000).run(trials, full, any -> Checkpoints.none()))
        .hasMessage("disk full, says the test");

    assertThat(ended).as("the third never begins").containsExactly(trials.get(1).id());
    // A pool has ended a moment before its last thread is gone.
    for (Thread thread : driving) {
      thread.join(10_000);
    }
    assertThat(driving).isNotEmpty().allMatch(thread -> !thread.isAlive());
    assertThat(spark.statusTracker().getActiveJobIds()).isEmpty();
    // The task ends with its step, which is soon.
    while (spark.sc().statusTracker().getExecutorInfos()[0].numRunningTasks() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void trainingLearns() {
    TrialOutcome outcome = run(trials(), 1, 10).get(0);

    assertThat(outcome.epochs()).hasSize(4);
    assertThat(outcome.epochs().get(3).valLoss()).isLessThan(outcome.epochs().get(0).valLoss());
    assertThat(outcome.bestEpoch().orElseThrow().valAccuracy()).isGreaterThan(0.6);
    assertThat(outcome.predictions().orElseThrow().examples()).isEqualTo(EXAMPLES.size());
  }

  @Test
  void aTrialThatDivergesIsStoppedWithItsStepAndTheOthersGoOn() {
    List<Trial> trials = new ArrayList<>(trials());
    Trial wild = grid(List.of(range(1e38, 1e39)), List.of(1L)).trials(120).get(0);
    trials.set(1, wild);

    List<TrialOutcome> outcomes = run(trials, 2, 10);

    TrialOutcome diverged = outcomes.get(1);
    assertThat(diverged.status()).isEqualTo(TrialStatus.DIVERGED);
    long last = diverged.steps().get(diverged.steps().size() - 1).step();
    assertThat(diverged.error().orElseThrow()).contains("at step " + last);
    assertThat(diverged.steps()).isNotEmpty().hasSizeLessThan(40);
    assertThat(outcomes.get(0).status()).isEqualTo(TrialStatus.COMPLETED);
    assertThat(outcomes.get(2).status()).isEqualTo(TrialStatus.COMPLETED);
  }

  @Test
  void aTrialThatThrowsIsFailedWithItsErrorAndTheOthersGoOn() {
    List<Trial> trials = new ArrayList<>(trials().subList(0, 1));
    trials.addAll(grid(List.of(range(0.1, 0.2)), List.of(-1L)).trials(120).subList(1, 2));
    List<TrialOutcome> heard = Collections.synchronizedList(new ArrayList<>());

    List<TrialOutcome> outcomes =
        new Sweep(spark, "run-a", new Networks(), new SweepSettings(2, 10, 4, 1))
            .run(
                trials,
                new SweepListener() {
                  @Override
                  public void trialEnded(TrialOutcome outcome) {
                    heard.add(outcome);
                  }
                });

    assertThat(outcomes.get(0).status()).isEqualTo(TrialStatus.COMPLETED);
    assertThat(outcomes.get(1).status()).isEqualTo(TrialStatus.FAILED);
    assertThat(outcomes.get(1).error()).isPresent();
    assertThat(heard).containsExactlyInAnyOrderElementsOf(outcomes);
  }

  @Test
  void aTrialWhoseTasksFailForGoodIsFailedWithTheirErrorAndTheOthersGoOn() {
    List<Trial> trials = new ArrayList<>(trials().subList(0, 1));
    trials.addAll(grid(List.of(range(0.1, 0.2)), List.of(UNREADABLE)).trials(120).subList(1, 2));

    List<TrialOutcome> outcomes = run(trials, 2, 10);

    assertThat(outcomes.get(0).status()).isEqualTo(TrialStatus.COMPLETED);
    assertThat(outcomes.get(1).status()).isEqualTo(TrialStatus.FAILED);
    assertThat(outcomes.get(1).error().orElseThrow())
        .contains("unreadable, as this test wants")
        .hasLineCount(1);
  }

  @Test
  void anEmptyTestSetIsRefusedBeforeTraining() {
    GivenNetwork given = GivenNetwork.of(new Networks().network(1).build());
    JavaRDD<DataSet> train = spark.parallelize(List.of(EXAMPLES.minibatch(0, 0, BATCH)), 1);

    List<TrialOutcome> outcomes =
        new Sweep(
                spark,
                "run-a",
                TrialNetworks.of(given, train, spark.emptyRDD(), 1),
                new SweepSettings(1, 250, 4, 0))
            .run(trials().subList(0, 1), new SweepListener() {});

    assertThat(outcomes.get(0).error().orElseThrow())
        .endsWith("The test set must have at least one example, found none");
    assertThat(outcomes.get(0).steps()).isEmpty();
  }

  @Test
  void classMetricsFollowFromTheConfusionMatrix() {
    Trial trial = trials().get(0);
    // Class 0: 3 of 4 found, 1 of its 4 predictions wrong; class 1 is never predicted.
    long[][] confusion = {{3, 0, 1}, {1, 0, 1}, {0, 0, 5}};
    TrialOutcome outcome =
        new TrialOutcome(
            trial,
            TrialStatus.COMPLETED,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(new org.lrsweep.training.evaluation.Evaluation(confusion, 1)),
            Optional.empty());

    var rows = SweepRows.classMetrics("run-a", outcome, List.of("a", "b", "c"));

    assertThat(rows.get(0).precision()).isEqualTo(0.75);
    assertThat(rows.get(0).recall()).isEqualTo(0.75);
    assertThat(rows.get(0).f1()).isEqualTo(0.75);
    assertThat(rows.get(0).support()).isEqualTo(4);
    assertThat(rows.get(1).precision()).isZero();
    assertThat(rows.get(1).f1()).isZero();
    assertThat(rows.get(2).precision()).isEqualTo(5.0 / 7);
    assertThat(rows.get(2).recall()).isEqualTo(1);
    assertThat(rows.get(2).f1()).isCloseTo(10.0 / 12, within(1e-15));
    assertThat(SweepRows.confusion("run-a", outcome)).hasSize(9);
  }
}
