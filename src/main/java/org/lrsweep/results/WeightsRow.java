package org.lrsweep.results;

/**
 * A row of {@code weights}: a trial's weights, a mean of them or an ensemble of them, evaluated.
 * There are rows only where {@code sweep.average} or {@code sweep.snapshots} asked for some.
 */
public record WeightsRow(
    @Meaning("the run") String runId,
    @Meaning("the trial") String trialId,
    @Meaning(
            "last and best: those of the last epoch and of best_epoch; swa and ema: the mean;"
                + " ensemble: the mean of the probabilities of several")
        String weights,
    @Meaning("how many moments of the trial are in it") long members,
    @Meaning("loss on the validation part (`data.validation`)") double valLoss,
    @Meaning("accuracy on the validation part (`data.validation`); null if it means nothing")
        @Nullable
        Double valAccuracy,
    @Meaning("whether it is the one network with the best val_metric, the first of several")
        boolean chosen,
    @Meaning("where the network lies, of an ensemble the folder of its networks") @Nullable
        String modelPath,
    @Meaning("what val_metric is: accuracy, micro_f1 or rmse; null in results of older versions")
        @Nullable
        String metric,
    @Meaning("metric on the validation part (`data.validation`)") @Nullable Double valMetric) {

  public WeightsRow {
    Check.ids(runId, trialId);
    Check.present("weights", weights);
    Check.atLeast("members", 1, members);
    Check.fraction("val_accuracy", valAccuracy);
  }

  /** The value that weights are chosen by. */
  public Double rankedValue() {
    return metric == null ? valAccuracy : valMetric;
  }
}
