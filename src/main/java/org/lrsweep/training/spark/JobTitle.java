package org.lrsweep.training.spark;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.training.Round;

/**
 * What Spark's UI and event log call a job: the description that the caller has set (a run and its
 * trial, say), and what is done for it.
 */
final class JobTitle {
  private static final String DESCRIPTION = "spark.job.description";

  private JobTitle() {}

  /**
   * What a job is called that trains rounds.
   *
   * @param step updates before them
   */
  static String of(List<Round> rounds, long step) {
    int steps = rounds.stream().mapToInt(Round::steps).sum();
    String what = steps == 1 ? "step " + step : "steps " + step + " to " + (step + steps - 1);
    return "epoch " + (rounds.get(0).epoch() + 1) + ", " + what;
  }

  /** Runs jobs of this thread under a title. */
  static <T> T during(JavaSparkContext spark, String what, Supplier<T> jobs) {
    String outer = spark.getLocalProperty(DESCRIPTION);
    spark.setJobDescription(outer == null ? what : outer + ": " + what);
    try {
      return jobs.get();
    } finally {
      spark.setLocalProperty(DESCRIPTION, outer);
    }
  }
}
