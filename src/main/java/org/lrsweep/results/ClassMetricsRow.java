package org.lrsweep.results;

/**
 * A row of {@code class_metrics}: how well a trial knows one class of the test set. A metric whose
 * denominator is 0 is 0.
 */
public record ClassMetricsRow(
    @Meaning("the run") String runId,
    @Meaning("the trial") String trialId,
    @Meaning("the class, 0-based") int classId,
    @Meaning("name of the class") String className,
    @Meaning("true positives / predicted positives") double precision,
    @Meaning("true positives / actual positives") double recall,
    @Meaning("harmonic mean of precision and recall") double f1,
    @Meaning("test examples of the class") long support) {

  public ClassMetricsRow {
    Check.ids(runId, trialId);
    Check.atLeast("class_id", 0, classId);
    Check.present("class_name", className);
    Check.fraction("precision", precision);
    Check.fraction("recall", recall);
    Check.fraction("f1", f1);
    Check.atLeast("support", 0, support);
  }
}
