package org.lrsweep.sweep;

import java.util.List;
import java.util.Optional;

/**
 * One epoch of a trial, trained and evaluated.
 *
 * @param epoch 1-based
 * @param trainLoss mean loss of its steps' examples
 * @param trainAccuracy share of its training examples that were classified rightly
 * @param valLoss loss on the test set after it; null if not measured
 * @param valAccuracy accuracy on the test set after it; null if not measured
 * @param durationMs wall-clock time in milliseconds
 */
public record TrialEpoch(
    int epoch,
    double trainLoss,
    double trainAccuracy,
    Double valLoss,
    Double valAccuracy,
    long durationMs) {

  /** The epoch with the highest validation accuracy, the first of several. */
  static Optional<TrialEpoch> best(List<TrialEpoch> epochs) {
    return epochs.stream()
        .filter(epoch -> epoch.valAccuracy() != null)
        .reduce((best, next) -> next.valAccuracy() > best.valAccuracy() ? next : best);
  }
}
