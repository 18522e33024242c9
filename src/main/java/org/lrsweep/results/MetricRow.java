package org.lrsweep.results;

/**
 * A row of the table metrics: a figure of a trial's answers. There are rows where a task has more
 * than one metric, as multi-label and regression.
 */
public record MetricRow(
    @Meaning("the run") String runId,
    @Meaning("the trial") String trialId,
    @Meaning("validation or test") String part,
    @Meaning(
            "the epoch after which it was measured, 1-based; null of the test part, which is looked"
                + " at with the chosen weights")
        @Nullable
        Integer epoch,
    @Meaning("accuracy and micro_f1; or rmse, mae and r2") String metric,
    @Meaning("its value; null if it means nothing, as r2 of targets that are all the same")
        @Nullable
        Double value) {

  public MetricRow {
    Check.ids(runId, trialId);
    Check.present("part", part);
    Check.present("metric", metric);
    if (epoch != null) {
      Check.atLeast("epoch", 1, epoch);
    }
  }
}
