package org.lrsweep.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.finder.Repeats.Repeat;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Engine;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.RoundCutter;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.RoundResult.TrainedStep;
import org.lrsweep.training.examples.DataSetExamples;
import org.lrsweep.training.examples.WantedLabels;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.DividedExamples;
import org.lrsweep.training.spark.JobGroup;
import org.lrsweep.training.spark.Slots;
import org.lrsweep.training.spark.SparkEngine;
import org.lrsweep.training.worker.LocalEngine;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a range test on an engine: trains step by step under a growing learning rate, until the test
 * stops or the rates are used up.
 *
 * <p>The state that it starts from is a value and stays what it was, so afterwards the network, its
 * updater, its batch-norm statistics and its counters are as before.
 */
public final class LearningRateFinder {
  private static final Logger LOG = LoggerFactory.getLogger(LearningRateFinder.class);

  private static final RepeatRunner.Listener LOGGED =
      new RepeatRunner.Listener() {
        @Override
        public void failed(int number, Throwable cause) {
          LOG.warn("Repeat {} of the range test failed", number, cause);
        }
      };

  private final Engine engine;
  private final FinderPlan plan;

  public LearningRateFinder(Engine engine, FinderPlan plan) {
    this.engine = engine;
    this.plan = plan;
  }

  /**
   * Runs a test of a user's network on this machine, without Spark.
   *
   * @param network trained in a copy, so that it stays as it is
   * @param examples the training set, read into memory once
   * @throws IllegalArgumentException if the examples or the network can't be trained on in rounds
   */
  public static FinderResult find(
      GivenNetwork network, DataSetIterator examples, FinderSettings settings) {
    return find(
        network,
        DataSetExamples.training(examples, WantedLabels.of(network), settings.seed()),
        settings);
  }

  private static FinderResult find(
      GivenNetwork network, DataSetExamples train, FinderSettings settings) {
    try (Engine engine = new LocalEngine(network.spec(), train, settings.seed())) {
      return new LearningRateFinder(engine, settings.plan(train.size()))
          .find(network.state(), step -> {});
    }
  }

  /**
   * Runs a test of a user's network on Spark.
   *
   * @param network trained in copies, so that it stays as it is
   * @param examples the training set, the same in the same order each time that Spark computes it
   * @param workers tasks that share each batch, {@code >= 1}; must divide the batch size
   * @throws IllegalArgumentException if the network can't be trained in rounds, or batches not be
   *     shared evenly
   */
  public static FinderResult find(
      JavaSparkContext spark,
      GivenNetwork network,
      JavaRDD<DataSet> examples,
      int workers,
      FinderSettings settings) {
    try (DividedExamples divided =
        new DividedExamples(examples, WantedLabels.of(network), workers)) {
      return find(spark, network, divided, settings);
    }
  }

  private static FinderResult find(
      JavaSparkContext spark,
      GivenNetwork network,
      DividedExamples examples,
      FinderSettings settings) {
    JavaRDD<WorkerExamples> train = examples.training(settings.seed());
    try (Engine engine = new SparkEngine(spark, network.spec(), train, settings.seed())) {
      long count = train.map(WorkerExamples::size).reduce(Integer::sum);
      return new LearningRateFinder(engine, settings.plan(count)).find(network.state(), step -> {});
    }
  }

  /**
   * Runs several tests of a user's network on this machine, without Spark, one after the other.
   * Each begins with the network as it was given; their seeds, {@code settings.seed()} and those
   * after it, decide the order of the examples and dropout.
   *
   * @param network trained in copies, so that it stays as it is
   * @param examples the training set, read into memory once for all tests
   * @param repeats how many tests, {@code >= 1}
   * @return the tests, which are read as one median curve
   * @throws IllegalArgumentException if there is to be no test, or the examples or the network
   *     can't be trained on in rounds
   */
  public static Repeats repeat(
      GivenNetwork network, DataSetIterator examples, FinderSettings settings, int repeats) {
    RepeatRunner.atLeastOne("repeats", repeats);
    List<Repeat> tests = new ArrayList<>();
    DataSetExamples train =
        DataSetExamples.training(examples, WantedLabels.of(network), settings.seed());
    // On the caller's thread, whose number of native threads an engine has.
    for (int number = 0; number < repeats; number++) {
      FinderSettings own = settings.ofRepeat(number);
      tests.add(new Repeat(number, find(network, train.withOrder(own.seed()), own)));
    }
    return new Repeats(tests);
  }

  /**
   * Runs several tests of a user's network on Spark, side by side as far as its slots have room for
   * their workers. Each begins with the network as it was given; their seeds, {@code
   * settings.seed()} and those after it, decide the order of the examples and dropout. A test that
   * fails is logged and left out, as long as another one is successful.
   *
   * @param network trained in copies, so that it stays as it is
   * @param examples the training set, the same in the same order each time that Spark computes it
   * @param workers tasks that share each batch, {@code >= 1}; must divide the batch size
   * @param repeats how many tests, {@code >= 1}
   * @return the tests, which are read as one median curve
   * @throws IllegalArgumentException if there is to be no test, the network can't be trained in
   *     rounds, or batches not be shared evenly
   */
  public static Repeats repeat(
      JavaSparkContext spark,
      GivenNetwork network,
      JavaRDD<DataSet> examples,
      int workers,
      FinderSettings settings,
      int repeats) {
    int atOnce = Math.max(1, Slots.of(spark) / workers);
    JobGroup jobs = new JobGroup(spark);
    try (DividedExamples divided =
        new DividedExamples(examples, WantedLabels.of(network), workers)) {
      return new RepeatRunner(repeats, atOnce, LOGGED, jobs::cancel)
          .run(
              number -> {
                jobs.join("finder-" + number, "range test, repeat " + number);
                return find(spark, network, divided, settings.ofRepeat(number));
              });
    }
  }

  /**
   * Runs the test.
   *
   * @param initial the network before it
   * @param progress called after each step, in order, on this thread
   */
  public FinderResult find(TrainingState initial, Consumer<FinderStep> progress) {
    return find(initial, progress, Checkpoints.none());
  }

  /**
   * Runs the test, from the newest checkpoint on if there is one.
   *
   * @param initial the network before it
   * @param progress called after each step from there on, in order, on this thread
   * @param checkpoints where its state is kept between rounds
   * @throws IllegalStateException if the checkpoint is of another test
   */
  public FinderResult find(
      TrainingState initial, Consumer<FinderStep> progress, Checkpoints checkpoints) {
    String identity = plan + " on " + engine.workers() + " workers";
    FinderCheckpoint start =
        checkpoints
            .latest()
            .map(snapshot -> FinderCheckpoint.of(snapshot, identity))
            .orElseGet(() -> FinderCheckpoint.atStart(initial));
    StopRule test = new StopRule(plan.beta(), plan.stopFactor(), start.test());
    List<FinderStep> steps = new ArrayList<>(start.steps());
    List<Long> examples = new ArrayList<>(start.examples());
    List<Double> accuracies = new ArrayList<>(start.accuracies());
    RoundCutter cutter =
        new RoundCutter(
            plan.stepsPerEpoch(), plan.averagingFrequency(), plan.batchSize(), plan.schedule());
    try (EngineRun run = engine.start(start.state())) {
      while (steps.size() < plan.steps() && !test.isStopped()) {
        // To the next checkpoint at most: the state that is saved is that after the last round.
        List<RoundResult> results =
            run.train(
                cutter.rounds(
                    steps.size(), plan.steps(), EngineRun.ROUNDS_AT_ONCE, checkpoints::due));
        for (TrainedStep trained :
            results.stream().flatMap(result -> result.steps().stream()).toList()) {
          if (!test.isStopped()) {
            FinderStep step = test.record(trained.learningRate(), trained.loss());
            steps.add(step);
            examples.add(trained.examples());
            accuracies.add(trained.accuracy());
            progress.accept(step);
          }
        }
        if (checkpoints.due(steps.size())) {
          FinderCheckpoint now =
              new FinderCheckpoint(run.state(), test.state(), steps, examples, accuracies);
          checkpoints.save(steps.size(), now.snapshot(identity));
        }
      }
    }
    return new FinderResult(steps, examples, accuracies, test.stopReason());
  }
}
