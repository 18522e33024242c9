package org.lrsweep.sweep;

import java.util.List;
import java.util.Optional;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.sweep.TrialProgress.Evaluated;

/**
 * What a finished trial has left in tables and networks, from which it can be trained longer.
 *
 * @param steps its rows of the table train_steps
 * @param epochs its rows of the table epochs
 * @param answers its rows of the tables that say how it answered
 * @param last the state after its last epoch
 * @param best the state after its best epoch
 */
public record FinishedTrial(
    List<TrainStepRow> steps,
    List<EpochRow> epochs,
    RecordedAnswers answers,
    TrainingState last,
    TrainingState best) {

  public FinishedTrial {
    steps = List.copyOf(steps);
    epochs = List.copyOf(epochs);
  }

  /**
   * The checkpoint that the trial would have left at its end, if it kept no weights on the way.
   *
   * @param longer the trial that goes on with it
   * @param row the trial as it is recorded
   * @param divergenceFactor of the sweep
   * @return empty if it isn't whole: what is longer than the rest was written by a process that
   *     died before it wrote the rest, the row last
   */
  public Optional<Snapshot> checkpoint(Trial longer, TrialRow row, double divergenceFactor) {
    Trial trial = longer.lasting(row.epochs());
    boolean isWhole =
        epochs.size() == row.epochs()
            && answers.areWhole(epochs)
            && steps.size() == trial.steps()
            && last.step() == trial.steps();
    if (!isWhole) {
      return Optional.empty();
    }
    List<TrialEpoch> trained =
        epochs.stream().map(epoch -> SweepRows.trialEpoch(epoch, answers.scores(epoch))).toList();
    Optional<TrialEpoch> chosen = TrialEpoch.best(trained);
    boolean isItsBest =
        chosen
            .filter(epoch -> best.step() != (long) epoch.epoch() * trial.stepsPerEpoch())
            .isEmpty();
    return isItsBest
        ? Optional.of(TrialCheckpoint.of(trial, progress(trained, chosen, divergenceFactor)))
        : Optional.empty();
  }

  private TrialProgress progress(
      List<TrialEpoch> trained, Optional<TrialEpoch> chosen, double divergenceFactor) {
    DivergenceRule divergence = new DivergenceRule(divergenceFactor, DivergenceRule.State.START);
    steps.forEach(step -> divergence.judge(step.step(), step.loss()));
    return new TrialProgress(
        last,
        EpochTotals.START,
        divergence.state(),
        steps.stream().map(FinishedTrial::step).toList(),
        trained,
        Optional.of(new Evaluated(last, answers.evaluation(epochs.get(epochs.size() - 1)))),
        chosen.map(epoch -> epoch.epoch() == trained.size() ? last : best),
        CollectedWeights.NONE);
  }

  private static TrialStep step(TrainStepRow row) {
    return new TrialStep(row.step(), row.epoch(), row.lr(), row.loss());
  }
}
