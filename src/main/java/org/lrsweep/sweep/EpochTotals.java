package org.lrsweep.sweep;

import org.lrsweep.training.RoundResult.TrainedStep;
import org.lrsweep.training.evaluation.Evaluation;

/**
 * Sums over the steps of an epoch so far.
 *
 * @param lossSum sum of the examples' losses
 * @param correct answers that were right
 * @param examples examples trained on
 * @param answers how many could be right or wrong
 * @param millis how long the epoch has taken
 */
record EpochTotals(double lossSum, long correct, long examples, long answers, long millis) {
  static final EpochTotals START = new EpochTotals(0, 0, 0, 0, 0);

  EpochTotals plus(TrainedStep step) {
    return new EpochTotals(
        lossSum + step.loss() * step.examples(),
        correct + step.correct(),
        examples + step.examples(),
        answers + step.answers(),
        millis);
  }

  EpochTotals lasting(long now) {
    return new EpochTotals(lossSum, correct, examples, answers, now);
  }

  TrialEpoch epoch(int epoch, Evaluation classified) {
    return new TrialEpoch(
        epoch,
        lossSum / examples,
        answers == 0 ? null : (Double) ((double) correct / answers),
        classified.loss(),
        millis,
        Scores.of(classified));
  }
}
