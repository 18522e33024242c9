package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.Schedule;
import org.lrsweep.training.Evaluator;
import org.lrsweep.training.Predictions;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundEngine;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.RoundResult.TrainedStep;
import org.lrsweep.training.TrainingRun;
import org.lrsweep.training.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one trial, round by round and epoch by epoch. Used once, by one thread. */
final class TrialRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TrialRunner.class);

  private final String runId;
  private final Trial trial;
  private final RoundEngine engine;
  private final Evaluator evaluator;
  private final SweepSettings settings;
  private final SweepListener listener;

  private final List<TrainStepRow> steps = new ArrayList<>();
  private final List<EpochRow> epochs = new ArrayList<>();
  private final DivergenceRule divergence;
  private Optional<TrainingState> finished = Optional.empty();
  private Optional<Predictions> predictions = Optional.empty();

  TrialRunner(
      String runId,
      Trial trial,
      RoundEngine engine,
      Evaluator evaluator,
      SweepSettings settings,
      SweepListener listener) {
    this.runId = runId;
    this.trial = trial;
    this.engine = engine;
    this.evaluator = evaluator;
    this.settings = settings;
    this.listener = listener;
    divergence = new DivergenceRule(settings.divergenceFactor());
  }

  TrialOutcome run(TrainingState initial) {
    try {
      Optional<String> error = train(initial);
      return outcome(error.isPresent() ? TrialStatus.DIVERGED : TrialStatus.COMPLETED, error);
    } catch (Exception e) {
      // Spark throws its checked SparkException undeclared.
      LOG.warn("{} failed", trial.id(), e);
      return outcome(TrialStatus.FAILED, Optional.of(RootCause.sentence(e)));
    }
  }

  private Optional<String> train(TrainingState initial) {
    try (TrainingRun run = engine.start(initial)) {
      return train(run);
    }
  }

  private Optional<String> train(TrainingRun run) {
    for (int epoch = 0; epoch < trial.epochs(); epoch++) {
      long start = System.nanoTime();
      EpochTotals totals = new EpochTotals();
      for (int step = 0; step < trial.stepsPerEpoch(); step += settings.stepsPerRound()) {
        long firstStep = run.step();
        RoundResult result = run.train(round(epoch, step));
        Optional<String> error = record(epoch, firstStep, result, totals);
        listener.roundEnded(trial, steps.get(steps.size() - 1));
        if (error.isPresent()) {
          return error;
        }
      }
      TrainingState state = run.state();
      Predictions classified = evaluator.evaluate(state);
      if (!Double.isFinite(classified.loss())) {
        return Optional.of(
            "validation loss is " + classified.loss() + " after step " + (state.step() - 1));
      }
      finished = Optional.of(state);
      predictions = Optional.of(classified);
      epochs.add(totals.row(runId, trial, epoch + 1, classified, System.nanoTime() - start));
      listener.epochEnded(trial, epochs.get(epoch));
    }
    return Optional.empty();
  }

  private Round round(int epoch, int firstStepOfEpoch) {
    int count = Math.min(settings.stepsPerRound(), trial.stepsPerEpoch() - firstStepOfEpoch);
    Schedule schedule = trial.schedule();
    long firstStep = (long) epoch * trial.stepsPerEpoch() + firstStepOfEpoch;
    double[] rates = new double[count];
    for (int i = 0; i < count; i++) {
      rates[i] = schedule.learningRate(firstStep + i);
    }
    return new Round(epoch, firstStepOfEpoch, trial.batchSize(), rates);
  }

  /** A sentence if the trial diverged in these steps; those after it are not recorded. */
  private Optional<String> record(
      int epoch, long firstStep, RoundResult result, EpochTotals totals) {
    long step = firstStep;
    for (TrainedStep trained : result.steps()) {
      steps.add(
          new TrainStepRow(
              runId, trial.id(), step, epoch + 1, trained.learningRate(), trained.loss()));
      totals.add(trained);
      Optional<String> error = divergence.judge(step, trained.loss());
      if (error.isPresent()) {
        return error;
      }
      step++;
    }
    return Optional.empty();
  }

  private TrialOutcome outcome(TrialStatus status, Optional<String> error) {
    return new TrialOutcome(trial, status, error, steps, epochs, finished, predictions);
  }

  /** Sums over an epoch's steps. */
  private static final class EpochTotals {
    private double lossSum;
    private long correct;
    private long examples;

    void add(TrainedStep step) {
      lossSum += step.loss() * step.examples();
      correct += step.correct();
      examples += step.examples();
    }

    EpochRow row(String runId, Trial trial, int epoch, Predictions classified, long nanos) {
      return new EpochRow(
          runId,
          trial.id(),
          epoch,
          lossSum / examples,
          (double) correct / examples,
          classified.loss(),
          classified.accuracy(),
          TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }
}
