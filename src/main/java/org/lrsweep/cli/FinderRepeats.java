package org.lrsweep.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.lrsweep.checkpoint.CheckpointException;
import org.lrsweep.cli.progress.FinderProgress;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.finder.FinderPlan;
import org.lrsweep.finder.FinderResult;
import org.lrsweep.finder.FinderStep;
import org.lrsweep.finder.LearningRateFinder;
import org.lrsweep.finder.Repeats;
import org.lrsweep.sweep.RootCause;
import org.lrsweep.training.NetworkSpec;
import org.lrsweep.training.RoundEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The range tests of a run, side by side as far as there are slots: each is a driver thread that
 * submits its rounds to a pool of its own of Spark's fair scheduler. One that fails is said and
 * left out, as long as another one succeeds.
 */
final class FinderRepeats {
  private static final Logger LOG = LoggerFactory.getLogger(FinderRepeats.class);

  private final Session session;
  private final ExperimentConfig config;
  private final FinderPlan plan;
  private final PrintWriter out;

  FinderRepeats(Session session) {
    this.session = session;
    config = session.plan().config();
    plan = session.plan().finder(session.dataset().train().size());
    out = session.console().chatter();
  }

  /** Trains all; at least one was successful. */
  Repeats train() {
    int repeats = config.finder().repeats();
    out.printf(
        "Range test: %s%d steps at most, LR %.3g to %.3g, %d workers share batches of %d.%n",
        repeats == 1 ? "" : repeats + " repeats of ",
        plan.steps(),
        config.finder().startLr(),
        config.finder().endLr(),
        config.finder().workers(),
        config.batchSize());
    int atOnce = Math.max(1, session.slots() / config.finder().workers());
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(repeats, atOnce));
    try (FinderProgress shown =
        new FinderProgress("Range test", repeats * plan.steps(), session.console())) {
      Consumer<FinderStep> progress = repeats == 1 ? shown : together(shown);
      List<Future<FinderResult>> running = new ArrayList<>();
      for (int repeat = 0; repeat < repeats; repeat++) {
        int number = repeat;
        running.add(threads.submit(() -> train(number, progress)));
      }
      return collected(running);
    } finally {
      threads.shutdownNow();
    }
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

  private Repeats collected(List<Future<FinderResult>> running) {
    List<Repeats.Repeat> tests = new ArrayList<>();
    Throwable failure = null;
    for (int repeat = 0; repeat < running.size(); repeat++) {
      try {
        FinderResult result = running.get(repeat).get();
        tests.add(new Repeats.Repeat(repeat, result));
        out.println(name(repeat) + ending(result));
      } catch (ExecutionException e) {
        failure = e.getCause();
        if (failure instanceof CheckpointException || session.spark().sc().isStopped()) {
          throw brokenOff(failure);
        }
        LOG.warn("Repeat {} of the range test failed", repeat, failure);
        out.println(name(repeat) + " failed: " + RootCause.sentence(failure));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The range test was interrupted", e);
      }
      out.flush();
    }
    if (tests.isEmpty()) {
      throw brokenOff(failure);
    }
    return new Repeats(tests);
  }

  private static RuntimeException brokenOff(Throwable failure) {
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException(
            "The range test failed: " + RootCause.sentence(failure), failure);
  }

  private FinderResult train(int repeat, Consumer<FinderStep> progress) {
    long seed = config.seed() + repeat;
    NetworkSpec network = session.plan().network(seed, session.dataset().classes());
    session.spark().setLocalProperty("spark.scheduler.pool", "finder-" + repeat);
    session.spark().setJobDescription(session.runId() + " finder, repeat " + repeat);
    try (RoundEngine engine =
        new RoundEngine(
            session.spark(),
            network,
            session.trainExamples(config.finder().workers(), seed),
            seed)) {
      return new LearningRateFinder(engine, plan)
          .find(network.initialState(), progress, session.output().finderCheckpoints(repeat));
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
