package org.lrsweep.sweep;

import java.util.List;
import java.util.Optional;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.training.Predictions;

/**
 * How a trial ended, and its curves as far as it came.
 *
 * @param trial which
 * @param status how it ended
 * @param error why it diverged or failed; empty if it completed
 * @param steps every step trained
 * @param epochs every epoch finished
 * @param state the state after the last finished epoch; empty if there is none
 * @param predictions on the test set, of that state; empty if there is none
 */
public record TrialOutcome(
    Trial trial,
    TrialStatus status,
    Optional<String> error,
    List<TrainStepRow> steps,
    List<EpochRow> epochs,
    Optional<TrainingState> state,
    Optional<Predictions> predictions) {

  public TrialOutcome {
    steps = List.copyOf(steps);
    epochs = List.copyOf(epochs);
  }

  /** A trial that failed before its first step. */
  static TrialOutcome failed(Trial trial, Exception cause) {
    return new TrialOutcome(
        trial,
        TrialStatus.FAILED,
        Optional.of(RootCause.sentence(cause)),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The epoch with the highest validation accuracy, the first of several. */
  public Optional<EpochRow> bestEpoch() {
    return epochs.stream()
        .reduce((best, next) -> next.valAccuracy() > best.valAccuracy() ? next : best);
  }
}
