package org.lrsweep.sweep;

import java.util.List;
import java.util.Optional;

/**
 * One epoch of a trial, trained and evaluated.
 *
 * @param epoch 1-based
 * @param trainLoss mean loss of its steps' examples
 * @param trainAccuracy share of the answers to its training examples that were right; null if they
 *     are numbers
 * @param valLoss loss on the validation part after it; null if not measured
 * @param durationMs wall-clock time in milliseconds
 * @param scores on the validation part after it; null if not measured
 */
public record TrialEpoch(
    int epoch,
    double trainLoss,
    Double trainAccuracy,
    Double valLoss,
    long durationMs,
    Scores scores) {

  /** An epoch of a classification. */
  public TrialEpoch(
      int epoch,
      double trainLoss,
      double trainAccuracy,
      Double valLoss,
      Double valAccuracy,
      long durationMs) {
    this(
        epoch,
        trainLoss,
        trainAccuracy,
        valLoss,
        durationMs,
        valAccuracy == null ? null : Scores.ofAccuracy(valAccuracy));
  }

  /** Accuracy on the validation part; null if not measured, or if it means nothing. */
  public Double valAccuracy() {
    return scores == null ? null : scores.accuracy();
  }

  /** The metric that ranks, on the validation part; null if not measured. */
  public Double valMetric() {
    return scores == null ? null : (Double) scores.value();
  }

  /** The best epoch by the metric that ranks on the validation part, the first of several. */
  static Optional<TrialEpoch> best(List<TrialEpoch> epochs) {
    return epochs.stream()
        .filter(epoch -> epoch.scores() != null)
        .reduce((best, next) -> next.scores().areBetterThan(best.scores()) ? next : best);
  }
}
