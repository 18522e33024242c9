package org.lrsweep.results;

/**
 * A row of {@code finder_repeats}: what one method makes of the curve of one repeat alone. The
 * spread of a method's rows is the error bar of its answer in {@code finder_suggestions}.
 */
public record FinderRepeatRow(
    @Meaning("the run") String runId,
    @Meaning("the range test of this run, 0-based") int repeat,
    @Meaning("name of the method") String method,
    @Meaning("its learning rate; null for a method that gives a range") @Nullable Double lr,
    @Meaning("low end of its range; null for a method that gives one rate") @Nullable Double minLr,
    @Meaning("high end of its range; null for a method that gives one rate") @Nullable Double maxLr,
    @Meaning("why, in one sentence") String reason) {

  public FinderRepeatRow {
    Check.id("run_id", runId);
    Check.atLeast("repeat", 0, repeat);
    Check.present("method", method);
    Check.present("reason", reason);
  }
}
