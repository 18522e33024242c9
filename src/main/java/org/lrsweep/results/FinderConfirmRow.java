package org.lrsweep.results;

/**
 * A row of {@code finder_confirm}: a short cycle up to one of the upper bounds that {@code
 * finder.confirm} tried. There are rows only where it was asked for and the curve had a floor.
 */
public record FinderConfirmRow(
    @Meaning("the run") String runId,
    @Meaning("which of the upper bounds, 1 is the lowest") int rung,
    @Meaning("low end of the cycle") double baseLr,
    @Meaning("high end of the cycle, the upper bound that is tried") double maxLr,
    @Meaning("which of its cycles, 1-based") int cycle,
    @Meaning("steps trained in this cycle") long steps,
    @Meaning(
            "loss on the validation part (`data.validation`) at the cycle's end; null if it"
                + " diverged or failed before")
        @Nullable
        Double valLoss,
    @Meaning("whether it went on to another cycle or, after the last one, is the bound chosen")
        boolean kept,
    @Meaning("why, in one sentence") String reason,
    @Meaning("how long the cycle took, in milliseconds") long durationMs) {

  public FinderConfirmRow {
    Check.id("run_id", runId);
    Check.atLeast("rung", 1, rung);
    Check.range("base_lr", baseLr, "max_lr", maxLr);
    Check.atLeast("cycle", 1, cycle);
    Check.atLeast("steps", 0, steps);
    Check.present("reason", reason);
    Check.atLeast("duration_ms", 0, durationMs);
    if (kept && valLoss == null) {
      throw new IllegalArgumentException("a rung that is kept must have val_loss, found none");
    }
  }
}
