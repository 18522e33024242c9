package org.lrsweep.experiment.request;

/**
 * The earlier run of the same output that a sweep takes its range from.
 *
 * @param runId its id, or {@code last} for the latest one
 * @param other what becomes of a run of another experiment: a range holds for the data, network,
 *     optimizer and batch size that it was found with
 */
public record SourceRun(String runId, OtherExperiment other) {
  /** What becomes of the range of another experiment. */
  public enum OtherExperiment {
    /** It is refused, with the differences. */
    REFUSED,
    /** It is taken, and the differences are said. */
    TAKEN
  }

  /** A run of the same experiment. */
  public static SourceRun of(String runId) {
    return new SourceRun(runId, OtherExperiment.REFUSED);
  }
}
