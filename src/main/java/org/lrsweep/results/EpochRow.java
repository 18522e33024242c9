package org.lrsweep.results;

/**
 * One epoch of a trial, a row of the table epochs. Null is "not measured"; a measured loss may be
 * NaN or infinite.
 */
public record EpochRow(
    @Meaning("the run") String runId,
    @Meaning("the trial") String trialId,
    @Meaning("the epoch, 1-based") int epoch,
    @Meaning("mean loss of the epoch's steps") double trainLoss,
    @Meaning("share of the epoch's training examples that were classified right")
        double trainAccuracy,
    @Meaning(
            "loss on the validation part (`data.validation`) after the epoch; null if not measured")
        @Nullable
        Double valLoss,
    @Meaning(
            "accuracy on the validation part (`data.validation`) after the epoch; null if not measured")
        @Nullable
        Double valAccuracy,
    @Meaning("wall-clock time of the epoch in milliseconds") long durationMs) {

  public EpochRow {
    Check.ids(runId, trialId);
    Check.atLeast("epoch", 1, epoch);
    Check.fraction("train_accuracy", trainAccuracy);
    Check.fraction("val_accuracy", valAccuracy);
    Check.atLeast("duration_ms", 0, durationMs);
  }
}
