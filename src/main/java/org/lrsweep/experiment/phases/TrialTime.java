package org.lrsweep.experiment.phases;

import java.util.List;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.PlanText;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;

/**
 * How long trials are going to take by the epochs of a run of the same network and batches, for
 * people.
 *
 * @param run of the store
 */
record TrialTime(Plan plan, ResultStore store, RunRow run) {

  /**
   * The time.
   *
   * @param steps of each trial that are left, in the order in which they begin; at least one
   */
  String of(List<Long> steps) {
    List<EpochRow> epochs = store.read(Tables.EPOCHS, run.runId());
    int parallel = Math.min(parallel(epochs), steps.size());
    int stepsPerEpoch = Math.toIntExact(run.trainExamples() / plan.config().batchSize());
    return EpochTimes.of(epochs, stepsPerEpoch)
        .map(
            times ->
                "%s with %s at a time, by %s of %s, with evaluation"
                    .formatted(
                        times.estimate(steps, parallel).range(),
                        PlanText.number(parallel, "trial"),
                        PlanText.number(times.epochs(), "epoch"),
                        run.runId()))
        .orElse("not known, since no epoch of " + run.runId() + " was finished");
  }

  /** As the configuration says, else as many as the run had on average, as far as that is known. */
  private int parallel(List<EpochRow> epochs) {
    boolean isKnown = run.sweepMs() != null && run.sweepMs() > 0 && run.extensions() == null;
    long trained = epochs.stream().mapToLong(EpochRow::durationMs).sum();
    int before = isKnown ? (int) Math.max(1, Math.round((double) trained / run.sweepMs())) : 1;
    return plan.config().sweep().parallelTrials().orElse(before);
  }
}
