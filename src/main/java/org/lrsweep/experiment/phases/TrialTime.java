package org.lrsweep.experiment.phases;

import java.util.List;
import java.util.OptionalInt;
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
    OptionalInt known = parallel(epochs);
    int parallel = Math.min(known.orElse(1), steps.size());
    String guess =
        known.isEmpty() && steps.size() > 1
            ? " (how many there were, "
                + run.runId()
                + " does not say; sweep.parallel-trials says how many there are to be)"
            : "";
    int stepsPerEpoch = Math.toIntExact(run.trainExamples() / plan.config().batchSize());
    return EpochTimes.of(epochs, stepsPerEpoch)
        .map(
            times ->
                "%s with %s at a time%s, by %s of %s, with evaluation"
                    .formatted(
                        times.estimate(steps, parallel).range(),
                        PlanText.number(parallel, "trial"),
                        guess,
                        PlanText.number(times.epochs(), "epoch"),
                        run.runId()))
        .orElse("not known, since no epoch of " + run.runId() + " was finished");
  }

  /** As the configuration says, else as many as the run had on average; empty if unknown. */
  private OptionalInt parallel(List<EpochRow> epochs) {
    OptionalInt configured = plan.config().sweep().parallelTrials();
    if (configured.isPresent()) {
      return configured;
    }
    if (run.sweepMs() == null || run.sweepMs() == 0 || run.extensions() != null) {
      return OptionalInt.empty();
    }
    long trained = epochs.stream().mapToLong(EpochRow::durationMs).sum();
    return OptionalInt.of((int) Math.max(1, Math.round((double) trained / run.sweepMs())));
  }
}
