package org.lrsweep.results;

/** A row of {@code train_steps}: one step of a trial. The loss may be NaN or infinite. */
public record TrainStepRow(
    @Meaning("the run") String runId,
    @Meaning("the trial") String trialId,
    @Meaning("0-based") long step,
    @Meaning("the epoch of the step, 1-based") int epoch,
    @Meaning("learning rate that this step used") double lr,
    @Meaning("loss of the step's batch") double loss,
    @Meaning("momentum (of Adam beta1) that the schedule gave this step; null if it left it alone")
        @Nullable
        Double momentum) {

  /** A step whose schedule left momentum alone. */
  public TrainStepRow(String runId, String trialId, long step, int epoch, double lr, double loss) {
    this(runId, trialId, step, epoch, lr, loss, null);
  }

  public TrainStepRow {
    Check.ids(runId, trialId);
    Check.atLeast("step", 0, step);
    Check.atLeast("epoch", 1, epoch);

    Check.fraction("momentum", momentum);

    if (!(lr >= 0) || Double.isInfinite(lr)) {
      throw new IllegalArgumentException("lr must be >= 0 and finite, found " + lr);
    }
  }
}
