package org.lrsweep.results;

/**
 * A row of {@code trials}: one CLR run of the sweep and how it ended. A completed trial has no
 * error, a failed or stopped one has one.
 */
public record TrialRow(
    @Meaning("the run") String runId,
    @Meaning("the trial") String trialId,
    @Meaning(
            "how the learning rate moves: a cyclical policy, e.g. triangular or one_cycle, or"
                + " linear or constant")
        String policy,
    @Meaning(
            "half a cycle, in epochs, of cosine_restarts of the first one; of one_cycle half of all"
                + " epochs, of linear and constant all of them")
        double stepSizeEpochs,
    @Meaning("step_size_epochs in steps, rounded") long stepSizeSteps,
    @Meaning(
            "lowest learning rate of a cycle; of policies linear and constant, which have none,"
                + " max_lr")
        double baseLr,
    @Meaning("highest learning rate of a cycle") double maxLr,
    @Meaning("examples in one step, over all workers") int batchSize,
    @Meaning("epochs that the trial was to train") int epochs,
    @Meaning("seed of the trial") long seed,
    @Meaning("COMPLETED, DIVERGED, FAILED or STOPPED, which can go on") TrialStatus status,
    @Meaning("why it diverged, failed or stopped; null if it completed") @Nullable String error,
    @Meaning("the epoch with the best val_metric, the first of several; null if none was measured")
        @Nullable
        Integer bestEpoch,
    @Meaning("val_accuracy of best_epoch") @Nullable Double bestValAccuracy,
    @Meaning("val_accuracy of the last epoch") @Nullable Double finalValAccuracy,
    @Meaning("val_loss of the last epoch") @Nullable Double finalValLoss,
    @Meaning("where the network of the last epoch lies; null if none was kept") @Nullable
        String modelPath,
    @Meaning("the range method that chose base_lr and max_lr; null if the configuration did")
        @Nullable
        String rangeMethod,
    @Meaning(
            "where the network of best_epoch lies, model_path if that is the last epoch; null if"
                + " none was kept")
        @Nullable
        String bestModelPath,
    @Meaning(
            "what trials are ranked by: accuracy or micro_f1, of which more is better, or rmse, of"
                + " which less is; null in results of older versions, which ranked by accuracy")
        @Nullable
        String metric,
    @Meaning("val_metric of best_epoch") @Nullable Double valMetric,
    @Meaning(
            "metric on the test part with the chosen weights, those of best_epoch or the chosen"
                + " mean of the table weights; null if there is no test part, or trials are chosen"
                + " by it")
        @Nullable
        Double testMetric,
    @Meaning("loss on the test part with the same weights; null where test_metric is") @Nullable
        Double testLoss) {

  public TrialRow {
    Check.ids(runId, trialId);
    Check.present("policy", policy);
    Check.positive("step_size_epochs", stepSizeEpochs);
    Check.atLeast("step_size_steps", 1, stepSizeSteps);
    Check.range("base_lr", baseLr, "max_lr", maxLr);
    Check.atLeast("batch_size", 1, batchSize);
    Check.atLeast("epochs", 1, epochs);
    Check.present("status", status);
    Check.fraction("best_val_accuracy", bestValAccuracy);
    Check.fraction("final_val_accuracy", finalValAccuracy);

    if (bestEpoch != null) {
      Check.atLeast("best_epoch", 1, bestEpoch);
    }

    boolean accurate = Metric.of(metric) == Metric.ACCURACY;
    if (accurate && (bestEpoch == null) != (bestValAccuracy == null)) {
      throw new IllegalArgumentException(
          "best_epoch and best_val_accuracy must be given together, found "
              + bestEpoch
              + " and "
              + bestValAccuracy);
    }

    if (status == TrialStatus.COMPLETED && error != null) {
      throw new IllegalArgumentException(
          "error must be null for a COMPLETED trial, found \"" + error + "\"");
    }

    if ((status == TrialStatus.FAILED || status == TrialStatus.STOPPED) && error == null) {
      throw new IllegalArgumentException("error must not be null for a " + status + " trial");
    }
  }

  /** What it is ranked by. */
  public Metric rankedBy() {
    return Metric.of(metric);
  }

  /** Its value of that; null if it was not measured. */
  public Double rankedValue() {
    return metric == null ? bestValAccuracy : valMetric;
  }
}
