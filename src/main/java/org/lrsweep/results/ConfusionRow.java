package org.lrsweep.results;

/** A row of {@code confusion}: one cell of a trial's confusion matrix on the validation part. */
public record ConfusionRow(
    @Meaning("the run") String runId,
    @Meaning("the trial") String trialId,
    @Meaning("class of the examples, 0-based") int actualClass,
    @Meaning("class that the network gave them, 0-based") int predictedClass,
    @Meaning("how many there are") long count) {

  public ConfusionRow {
    Check.ids(runId, trialId);
    Check.atLeast("actual_class", 0, actualClass);
    Check.atLeast("predicted_class", 0, predictedClass);
    Check.atLeast("count", 0, count);
  }
}
