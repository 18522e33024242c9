package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lrsweep.checkpoint.CheckpointException;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.network.NormStatistics;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.sweep.TrialProgress.Evaluated;
import org.lrsweep.training.Engine;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.RoundCutter;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.RoundResult.TrainedStep;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.Evaluator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one trial, round by round and epoch by epoch. Used once, by one thread. */
final class TrialRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TrialRunner.class);

  /**
   * More than the engine needs: it trains as many in one job as its time allows. Of a trial, unlike
   * of a range test, hardly one ends by its losses, and each job leaves the slot idle for a while.
   */
  private static final int ROUNDS_AT_ONCE = 1_000;

  private final Trial trial;
  private final Engine engine;
  private final Evaluator evaluator;
  private final TestPart testPart;
  private final SweepListener listener;
  private final Checkpoints checkpoints;
  private final TrialStops stops;

  private final RoundCutter cutter;
  private final List<TrialStep> steps;
  private final List<TrialEpoch> epochs;
  private final DivergenceRule divergence;
  private final TrainingState initial;
  private EpochTotals totals;
  private Optional<Evaluated> evaluated;
  private Optional<TrainingState> best;
  private final WeightCollector weights;
  private final WeightEvaluation weightEvaluation;
  private List<EvaluatedWeights> evaluatedWeights = List.of();

  TrialRunner(
      Trial trial,
      Engine engine,
      Evaluator evaluator,
      TestPart testPart,
      SweepSettings settings,
      SweepListener listener,
      Checkpoints checkpoints,
      TrainingState initial,
      NormStatistics statistics,
      TrialStops stops) {
    this.trial = trial;
    this.stops = stops;
    this.engine = engine;
    this.evaluator = evaluator;
    this.testPart = testPart;
    this.listener = listener;
    this.checkpoints = checkpoints;
    cutter =
        new RoundCutter(
            trial.stepsPerEpoch(), settings.stepsPerRound(), trial.batchSize(), trial.schedule());
    TrialProgress start =
        checkpoints
            .latest()
            .flatMap(snapshot -> TrialCheckpoint.read(trial, settings.weights(), snapshot))
            .orElseGet(() -> TrialProgress.atStart(initial));
    this.initial = start.state();
    totals = start.totals();
    steps = new ArrayList<>(start.steps());
    epochs = new ArrayList<>(start.epochs());
    evaluated = start.evaluated();
    best = start.best();
    weights = new WeightCollector(trial, settings.weights(), start.weights());
    weightEvaluation =
        new WeightEvaluation(
            trial, settings.weights(), settings.stepsPerRound(), statistics, engine, evaluator);
    divergence = new DivergenceRule(settings.divergenceFactor(), start.divergence());
  }

  /**
   * Trains from the newest checkpoint on.
   *
   * @throws SweepBrokenException if the sweep ends while the trial waits for others
   * @throws CheckpointException if the trial's state can't be kept, which is not the trial's fault
   */
  TrialOutcome run() {
    return runTo(trial.epochs());
  }

  /**
   * Trains from the newest checkpoint to the end of an epoch, and keeps a checkpoint there unless
   * it is the last. What comes only after the last is not evaluated before it.
   *
   * @throws CheckpointException as {@link #run}
   */
  TrialOutcome runTo(int epoch) {
    try {
      TrialOutcome outcome = train(Math.min(epoch, trial.epochs()));
      boolean isAtItsEnd =
          outcome.status() == TrialStatus.DIVERGED || epochs.size() == trial.epochs();
      return isAtItsEnd ? outcome.tested(chosen(outcome).flatMap(testPart::evaluate)) : outcome;
    } catch (CheckpointException | SweepBrokenException e) {
      throw e;
    } catch (Exception e) {
      // Spark throws its checked SparkException undeclared.
      LOG.warn("{} failed", trial.id(), e);
      return outcome(TrialStatus.FAILED, Optional.of(RootCause.sentence(e)));
    }
  }

  /** The weights that the validation part chooses. */
  private Optional<TrainingState> chosen(TrialOutcome outcome) {
    return outcome.chosenAverage().map(average -> average.states().get(0)).or(() -> best);
  }

  private TrialOutcome train(int end) {
    if (epochs.size() < end) {
      try (EngineRun run = engine.start(initial)) {
        while (epochs.size() < end) {
          Optional<String> stop = reasonToStop();
          if (stop.isPresent()) {
            save(run);
            return outcome(TrialStatus.STOPPED, stop);
          }
          Optional<String> error = trainEpoch(run, epochs.size());
          if (error.isPresent()) {
            return outcome(TrialStatus.DIVERGED, error);
          }
        }
        if (end < trial.epochs()) {
          save(run);
        }
      }
    }
    if (epochs.size() < trial.epochs()) {
      return outcome(TrialStatus.COMPLETED, Optional.empty());
    }
    evaluatedWeights =
        weightEvaluation.of(weights.collected(), evaluated.map(Evaluated::state).orElse(initial));
    return outcome(TrialStatus.COMPLETED, Optional.empty());
  }

  /** Only between two epochs, so that nothing of one is lost. */
  private Optional<String> reasonToStop() {
    boolean isBetween = steps.size() == (long) epochs.size() * trial.stepsPerEpoch();
    return isBetween && !epochs.isEmpty() ? stops.reason(trial, epochs) : Optional.empty();
  }

  private Optional<String> trainEpoch(EngineRun run, int epoch) {
    long before = totals.millis();
    long start = System.nanoTime();
    long end = (epoch + 1L) * trial.stepsPerEpoch();
    while (steps.size() < end) {
      long stop = weights.stop(steps.size(), end);
      // To the next checkpoint at most: the state that is saved is that after the last round.
      for (RoundResult result :
          run.train(cutter.rounds(steps.size(), stop, ROUNDS_AT_ONCE, checkpoints::due))) {
        listener.roundTrained(trial, result);
        Optional<String> error = record(epoch, result);
        listener.roundEnded(trial, steps.get(steps.size() - 1));
        if (error.isPresent()) {
          return error;
        }
      }
      weights.reached(steps.size(), run::state);
      totals = totals.lasting(before + millisSince(start));
      if (checkpoints.due(steps.size())) {
        save(run);
      }
    }
    TrainingState state = run.state();
    Evaluation classified = evaluator.evaluate(state);
    if (!Double.isFinite(classified.loss())) {
      return Optional.of(
          "validation loss is " + classified.loss() + " after step " + (state.step() - 1));
    }
    evaluated = Optional.of(new Evaluated(state, classified));
    totals = totals.lasting(before + millisSince(start));
    epochs.add(totals.epoch(epoch + 1, classified));
    if (TrialEpoch.best(epochs).filter(epochs.get(epoch)::equals).isPresent()) {
      best = Optional.of(state);
    }
    totals = EpochTotals.START;
    listener.epochEnded(trial, epochs.get(epoch));
    return Optional.empty();
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** A sentence if the trial diverged in these steps; those after it are not recorded. */
  private Optional<String> record(int epoch, RoundResult result) {
    for (TrainedStep trained : result.steps()) {
      long step = steps.size();
      steps.add(new TrialStep(step, epoch + 1, trained.learningRate(), trained.loss()));
      totals = totals.plus(trained);
      Optional<String> error = divergence.judge(step, trained.loss());
      if (error.isPresent()) {
        return error;
      }
    }
    return Optional.empty();
  }

  private void save(EngineRun run) {
    checkpoints.save(steps.size(), TrialCheckpoint.of(trial, progress(run.state())));
  }

  private TrialProgress progress(TrainingState state) {
    return new TrialProgress(
        state, totals, divergence.state(), steps, epochs, evaluated, best, weights.collected());
  }

  private TrialOutcome outcome(TrialStatus status, Optional<String> error) {
    return new TrialOutcome(
        trial,
        status,
        error,
        steps,
        epochs,
        evaluated.map(Evaluated::state),
        evaluated.map(Evaluated::predictions),
        best,
        evaluatedWeights,
        Optional.empty());
  }
}
