package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.training.Evaluator;
import org.lrsweep.training.NetworkSpec;
import org.lrsweep.training.RoundEngine;
import org.lrsweep.training.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs trials side by side: each is a driver thread that submits its rounds to a pool of its own of
 * Spark's fair scheduler. A trial's result depends on its seed and schedule alone, not on which
 * others run beside it.
 */
public final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final JavaSparkContext spark;
  private final String runId;
  private final TrialNetworks networks;
  private final SweepSettings settings;

  /**
   * A sweep of a run.
   *
   * @param spark where the trials run
   * @param runId names the rows of the trials
   * @param networks what trials train and on what
   * @param settings how many at once, and in what rounds
   */
  public Sweep(
      JavaSparkContext spark, String runId, TrialNetworks networks, SweepSettings settings) {
    this.spark = spark;
    this.runId = runId;
    this.networks = networks;
    this.settings = settings;
  }

  /**
   * Runs all trials to their ends. One that diverges or fails stops no other.
   *
   * @param listener hears how they get on
   * @return one outcome a trial, in the trials' order
   */
  public List<TrialOutcome> run(List<Trial> trials, SweepListener listener) {
    ExecutorService threads = Executors.newFixedThreadPool(settings.parallelTrials());
    try {
      List<Future<TrialOutcome>> running = new ArrayList<>();
      for (Trial trial : trials) {
        running.add(threads.submit(() -> run(trial, listener)));
      }
      List<TrialOutcome> outcomes = new ArrayList<>();
      for (Future<TrialOutcome> outcome : running) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A trial broke off: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The sweep was interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private TrialOutcome run(Trial trial, SweepListener listener) {
    spark.setLocalProperty("spark.scheduler.pool", trial.id());
    spark.setJobDescription(runId + " " + trial.id());
    TrialOutcome outcome;
    try {
      outcome = train(trial, listener);
    } catch (Exception e) {
      // Spark throws its checked SparkException undeclared.
      LOG.warn("{} failed", trial.id(), e);
      outcome = TrialOutcome.failed(trial, e);
    }
    listener.trialEnded(outcome);
    return outcome;
  }

  private TrialOutcome train(Trial trial, SweepListener listener) {
    NetworkSpec network = networks.network(trial.seed());
    try (RoundEngine engine =
            new RoundEngine(spark, network, networks.trainExamples(trial.seed()), trial.seed());
        Evaluator evaluator = new Evaluator(spark, network, networks.testExamples())) {
      return new TrialRunner(runId, trial, engine, evaluator, settings, listener)
          .run(TrainingState.of(network.build()));
    }
  }
}
