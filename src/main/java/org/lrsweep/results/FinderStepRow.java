package org.lrsweep.results;

/** A row of {@code finder_steps}: one step of the range test. Losses may be NaN or infinite. */
public record FinderStepRow(
    @Meaning("the run") String runId,
    @Meaning("0-based") long step,
    @Meaning("learning rate that this step used") double lr,
    @Meaning("lr of this step relative to the first one") double lrMultiplier,
    @Meaning("mean loss of the workers' shares of the batch") double loss,
    @Meaning("bias-corrected exponential moving average of loss") double smoothedLoss,
    @Meaning("lowest smoothed_loss up to and including this step") double bestLoss,
    @Meaning("examples that this step trained on, over all workers") long examples,
    @Meaning(
            "the range test of this run, 0-based; null, for the only one, in results of old versions")
        @Nullable
        Integer repeat,
    @Meaning(
            "share of the step's examples that were classified right before its update; null if not measured")
        @Nullable
        Double accuracy) {

  public FinderStepRow {
    Check.id("run_id", runId);
    Check.atLeast("step", 0, step);
    Check.positive("lr", lr);
    Check.positive("lr_multiplier", lrMultiplier);
    Check.atLeast("examples", 1, examples);
    Check.fraction("accuracy", accuracy);

    if (repeat != null) {
      Check.atLeast("repeat", 0, repeat);
    }
  }
}
