package org.lrsweep.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.checkpoint.CheckpointException;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.training.ParallelRuns;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.spark.JobGroup;
import org.lrsweep.training.spark.RoundPace;
import org.lrsweep.training.spark.SparkEngine;
import org.lrsweep.training.spark.SparkEvaluator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs trials side by side: each is a driver thread that submits its rounds to a pool of its own of
 * Spark's fair scheduler. A trial's result depends on its seed and schedule alone, not on which
 * others run beside it.
 *
 * <p>The jobs of a sweep are a job group of Spark's. One that breaks off cancels it, and has ended,
 * with all its threads, before it throws.
 */
public final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** Within which slots that have come get trials. */
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

  private final JavaSparkContext spark;
  private final String name;
  private final TrialNetworks networks;
  private final SweepSettings settings;
  private final RoundPace pace = new RoundPace();

  /**
   * A sweep of a run.
   *
   * @param spark where the trials run
   * @param name what Spark's UI calls the jobs of the trials
   * @param networks what trials train and on what
   * @param settings how many at once, and in what rounds
   */
  public Sweep(
      JavaSparkContext spark, String name, TrialNetworks networks, SweepSettings settings) {
    this.spark = spark;
    this.name = name;
    this.networks = networks;
    this.settings = settings;
  }

  /**
   * Runs all trials to their ends. One that diverges or fails stops no other.
   *
   * @param listener hears how they get on
   * @return one outcome a trial, in the trials' order
   * @throws SweepBrokenException if it is not a trial that failed but what all of them need
   */
  public List<TrialOutcome> run(List<Trial> trials, SweepListener listener) {
    Map<Trial, TrialOutcome> outcomes = new ConcurrentHashMap<>();
    SweepListener collector =
        new SweepListener() {
          @Override
          public void trialEnded(TrialOutcome outcome) {
            outcomes.put(outcome.trial(), outcome);
          }
        };
    run(trials, listener.and(collector), trial -> Checkpoints.none());
    return trials.stream().map(outcomes::get).toList();
  }

  /**
   * Runs all trials to their ends, from their newest checkpoints on. What the listener doesn't keep
   * of an outcome is gone: networks of many trials needn't be in memory together.
   *
   * @param listener hears how they get on, and of each trial's end. If it throws, the sweep breaks
   *     off with that exception.
   * @param checkpoints where each trial's state is kept between rounds
   * @throws SweepBrokenException if it is not a trial that failed but what all of them need
   */
  public void run(
      List<Trial> trials, SweepListener listener, Function<Trial, Checkpoints> checkpoints) {
    run(trials, listener, checkpoints, SweepLimits.none());
  }

  /**
   * The same within limits: a trial that may not begin, or is to stop, ends as STOPPED with as much
   * as it reached, and its checkpoint goes on from there.
   *
   * @throws SweepBrokenException if it is not a trial that failed but what all of them need
   */
  public void run(
      List<Trial> trials,
      SweepListener listener,
      Function<Trial, Checkpoints> checkpoints,
      SweepLimits limits) {
    runTo(Integer.MAX_VALUE, trials, listener, checkpoints, limits);
  }

  /**
   * Runs trials from their newest checkpoints on to the end of an epoch, and keeps checkpoints
   * there that a later call goes on from. One that has come so far before ends at once.
   *
   * @param epoch 1-based; beyond a trial's last one it means that
   * @param listener as that of {@link #run}; a trial that stops here has ended, as {@code
   *     COMPLETED}, with as many epochs as it has
   * @throws SweepBrokenException if it is not a trial that failed but what all of them need
   */
  public void runTo(
      int epoch,
      List<Trial> trials,
      SweepListener listener,
      Function<Trial, Checkpoints> checkpoints) {
    runTo(epoch, trials, listener, checkpoints, SweepLimits.none());
  }

  private void runTo(
      int epoch,
      List<Trial> trials,
      SweepListener listener,
      Function<Trial, Checkpoints> checkpoints,
      SweepLimits limits) {
    JobGroup jobs = new JobGroup(spark);
    try (ParallelRuns<Void> runs =
        new ParallelRuns<>(
            settings.parallel().atOnce(Math.max(1, trials.size())),
            () -> {
              limits.breakOff();
              jobs.cancel();
            })) {
      for (Trial trial : trials) {
        Future<Void> unused =
            runs.submit(
                () -> {
                  try {
                    jobs.join(trial.id(), name + " " + trial.id());
                    TrialOutcome outcome =
                        attempts(
                            trial,
                            epoch,
                            listener,
                            checkpoints.apply(trial),
                            limits,
                            runs::isClosed);
                    limits.and(listener).trialEnded(outcome);
                    return null;
                  } catch (Throwable e) {
                    // Before this thread is free for the next trial.
                    runs.breakOff();
                    throw e;
                  }
                });
      }
      runs.takeAll(trials.size(), settings.parallel()::atOnce, BETWEEN_COUNTS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new SweepBrokenException("A trial broke off: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SweepBrokenException("The sweep was interrupted", e);
    } finally {
      networks.release();
    }
  }

  private TrialOutcome attempts(
      Trial trial,
      int epoch,
      SweepListener listener,
      Checkpoints checkpoints,
      SweepLimits limits,
      BooleanSupplier brokenOff) {
    Optional<String> refusal = limits.refusal();
    if (refusal.isPresent()) {
      Optional<Snapshot> kept = checkpoints.latest();
      Optional<TrialProgress> reached =
          kept.flatMap(values -> TrialCheckpoint.read(trial, settings.weights(), values));
      // It may come from the tables of a completed trial, which are looked at where an extension
      // finds it COMPLETED (RunExtension.shorter). From now on it is STOPPED: without a checkpoint
      // what they have would not be gone on from.
      reached.ifPresent(progress -> checkpoints.save(progress.steps().size(), kept.get()));
      return TrialOutcome.notBegun(trial, reached, refusal.get());
    }
    for (int retry = 0; ; retry++) {
      TrialOutcome outcome = attempt(trial, epoch, listener, checkpoints, limits);
      if (outcome.status() != TrialStatus.FAILED) {
        return outcome;
      }
      String error = outcome.error().orElseThrow();
      if (brokenOff.getAsBoolean() || spark.sc().isStopped()) {
        // It is no outcome of the trial's.
        throw new SweepBrokenException(
            (brokenOff.getAsBoolean() ? "The sweep broke off" : "Spark stopped")
                + " while "
                + trial.id()
                + " was trained: "
                + error,
            null);
      }
      if (retry == settings.retries()) {
        return outcome;
      }
      LOG.warn("{} is tried again, for {}", trial.id(), error);
    }
  }

  private TrialOutcome attempt(
      Trial trial, int epoch, SweepListener listener, Checkpoints checkpoints, TrialStops stops) {
    try {
      NetworkSpec network = networks.network(trial.seed());
      try (SparkEngine engine =
              new SparkEngine(
                  spark, network, networks.trainExamples(trial.seed()), trial.seed(), pace);
          SparkEvaluator evaluator = new SparkEvaluator(spark, network, networks.testExamples())) {
        engine.onRunningStep(step -> listener.stepRunning(trial, step));
        return new TrialRunner(
                trial,
                engine,
                evaluator,
                // What stops on its way is no finished trial.
                epoch == Integer.MAX_VALUE ? chosen -> test(network, chosen) : TestPart.none(),
                settings,
                listener,
                checkpoints,
                networks.initial(trial.seed()),
                settings.weights().statistics(network),
                stops)
            .runTo(epoch);
      }
    } catch (CheckpointException | SweepBrokenException e) {
      throw e;
    } catch (Exception e) {
      // Spark throws its checked SparkException undeclared.
      LOG.warn("{} failed", trial.id(), e);
      return TrialOutcome.failed(trial, e);
    }
  }

  private Optional<Evaluation> test(NetworkSpec network, TrainingState chosen) {
    return networks
        .judgingExamples()
        .map(
            examples -> {
              try (SparkEvaluator evaluator = new SparkEvaluator(spark, network, examples)) {
                return evaluator.evaluate(chosen);
              }
            });
  }
}
