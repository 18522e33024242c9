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
    @Meaning(
            "share of the answers to the epoch's training examples that were right; null if the"
                + " network makes no classification")
        @Nullable
        Double trainAccuracy,
    @Meaning(
            "loss on the validation part (`data.validation`) after the epoch; null if not measured")
        @Nullable
        Double valLoss,
    @Meaning(
            "accuracy on the validation part (`data.validation`) after the epoch; null if not"
                + " measured, or if it means nothing")
        @Nullable
        Double valAccuracy,
    @Meaning("wall-clock time of the epoch in milliseconds, waiting for a turn included")
        long durationMs,
    @Meaning("what val_metric is: accuracy, micro_f1 or rmse; null in results of older versions")
        @Nullable
        String metric,
    @Meaning(
            "metric on the validation part (`data.validation`) after the epoch; null if not"
                + " measured")
        @Nullable
        Double valMetric) {

  public EpochRow {
    Check.ids(runId, trialId);
    Check.atLeast("epoch", 1, epoch);
    Check.fraction("train_accuracy", trainAccuracy);
    Check.fraction("val_accuracy", valAccuracy);
    Check.atLeast("duration_ms", 0, durationMs);
  }

  /** An epoch of a classification. */
  public EpochRow(
      String runId,
      String trialId,
      int epoch,
      double trainLoss,
      Double trainAccuracy,
      Double valLoss,
      Double valAccuracy,
      long durationMs) {
    this(
        runId,
        trialId,
        epoch,
        trainLoss,
        trainAccuracy,
        valLoss,
        valAccuracy,
        durationMs,
        valAccuracy == null ? null : Metric.ACCURACY.label(),
        valAccuracy);
  }

  /** The value that trials are ranked by; null if it was not measured. */
  public Double rankedValue() {
    return metric == null ? valAccuracy : valMetric;
  }
}
