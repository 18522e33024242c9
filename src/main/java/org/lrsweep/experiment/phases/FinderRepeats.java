package org.lrsweep.experiment.phases;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.lrsweep.checkpoint.CheckpointException;
import org.lrsweep.cluster.RunMetrics;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.finder.FinderPlan;
import org.lrsweep.finder.FinderResult;
import org.lrsweep.finder.FinderStep;
import org.lrsweep.finder.LearningRateFinder;
import org.lrsweep.finder.RepeatRunner;
import org.lrsweep.finder.Repeats;
import org.lrsweep.finder.Repeats.Repeat;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.sweep.RootCause;
import org.lrsweep.training.spark.JobGroup;
import org.lrsweep.training.spark.SparkEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The range tests of a run, side by side as far as there are slots: each is a driver thread that
 * submits its rounds to a pool of its own of Spark's fair scheduler. One that fails is said and
 * left out, as long as another one succeeds.
 */
final class FinderRepeats {
  private static final Logger LOG = LoggerFactory.getLogger(FinderRepeats.class);
  private static final String GAUGES = "finder";

  private final Session session;
  private final ExperimentConfig config;
  private final FinderPlan plan;
  private final PrintWriter out;
  private final JobGroup jobs;
  private Optional<StepTimes.Nanos> stepTimes = Optional.empty();

  FinderRepeats(Session session) {
    this.session = session;
    config = session.plan().config();
    plan = session.plan().finder(session.data().trainExamples());
    out = session.console().chatter();
    jobs = new JobGroup(session.spark());
  }

  /** Trains all; at least one was successful. */
  Repeats train() {
    int repeats = config.finder().repeats();
    out.printf(
        Locale.ROOT,
        "Range test: %s%d steps at most, LR %.3g to %.3g, %d workers share batches of %d.%n",
        repeats == 1 ? "" : repeats + " repeats of ",
        plan.steps(),
        config.finder().startLr(),
        config.finder().endLr(),
        config.finder().workers(),
        config.batchSize());
    int workers = config.finder().workers();
    int atOnce = repeats == 1 ? 1 : Math.max(1, session.slots(repeats * workers) / workers);
    try (FinderProgress shown =
        new FinderProgress("Range test", repeats * plan.steps(), session.console())) {
      Consumer<FinderStep> counted = repeats == 1 ? shown : together(shown);
      StepTimes times = new StepTimes(System::nanoTime);
      Consumer<FinderStep> progress =
          counted.andThen(step -> times.stepArrived()).andThen(FinderRepeats::told);
      Repeats tests =
          new RepeatRunner(repeats, atOnce, new Said(), jobs::cancel)
              .run(repeat -> train(repeat, progress));
      RunMetrics.ofDriver().ended(GAUGES);
      // A run that goes on has not measured all of its steps.
      stepTimes =
          session.output().before().isPresent()
              ? Optional.empty()
              : times.step().map(step -> step.times(atOnce));
      return tests;
    }
  }

  /** What a step of all tests took; empty if that wasn't measured. */
  Optional<StepTimes.Nanos> stepTimes() {
    return stepTimes;
  }

  private static void told(FinderStep step) {
    RunMetrics.ofDriver().reached(GAUGES, step.step(), step.lr(), step.loss());
  }

  /** Counts the steps of all tests. */
  private static Consumer<FinderStep> together(Consumer<FinderStep> shown) {
    AtomicLong steps = new AtomicLong();
    return step ->
        shown.accept(
            new FinderStep(
                steps.getAndIncrement(),
                step.lr(),
                step.lrMultiplier(),
                step.loss(),
                step.smoothedLoss(),
                step.bestLoss()));
  }

  /** Says on the console how each test ends, and breaks off what can't succeed any more. */
  private final class Said implements RepeatRunner.Listener {
    @Override
    public void ended(Repeat test) {
      out.println(name(test.number()) + ending(test.result()));
      out.flush();
    }

    @Override
    public void failed(int number, Throwable cause) {
      if (cause instanceof CheckpointException broken) {
        throw broken;
      }
      if (session.spark().sc().isStopped()) {
        throw new IllegalStateException(
            "Spark stopped during the range test: " + RootCause.sentence(cause), cause);
      }
      LOG.warn("Repeat {} of the range test failed", number, cause);
      out.println(name(number) + " failed: " + RootCause.sentence(cause));
      out.flush();
    }
  }

  private FinderResult train(int repeat, Consumer<FinderStep> progress) {
    long seed = config.seed() + repeat;
    NetworkSpec network = session.network(seed);
    jobs.join("finder-" + repeat, session.runId() + " finder, repeat " + repeat);
    try (SparkEngine engine =
        new SparkEngine(
            session.spark(),
            network,
            session.trainExamples(config.finder().workers(), seed),
            seed)) {
      return new LearningRateFinder(engine, plan)
          .find(
              session.plan().networks().initial(network),
              progress,
              session.output().finderCheckpoints(repeat));
    }
  }

  private boolean isRepeated() {
    return config.finder().repeats() > 1;
  }

  private String name(int repeat) {
    return isRepeated() ? "Repeat " + repeat + " of the range test" : "Range test";
  }

  private static String ending(FinderResult result) {
    int steps = result.steps().size();
    return result
        .stopReason()
        .map(reason -> " stopped after " + steps + " steps: " + reason + ".")
        .orElse(" went through all " + steps + " steps.");
  }
}
