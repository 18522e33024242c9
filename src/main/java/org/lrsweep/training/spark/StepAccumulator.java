package org.lrsweep.training.spark;

import org.apache.spark.util.AccumulatorV2;
import org.lrsweep.training.RunningStep;

/**
 * Takes a running task's latest step to the driver: executors send accumulators of running tasks
 * with their heartbeats. Nothing is summed up, and no result is read from it, so a task that Spark
 * repeats does no harm.
 *
 * <p>A task writes it while its executor's heartbeat reads it; the step is one reference.
 */
final class StepAccumulator extends AccumulatorV2<RunningStep, RunningStep> {
  private static final long serialVersionUID = 1;

  private volatile RunningStep latest;

  @Override
  public boolean isZero() {
    return latest == null;
  }

  @Override
  public AccumulatorV2<RunningStep, RunningStep> copy() {
    StepAccumulator copy = new StepAccumulator();
    copy.latest = latest;
    return copy;
  }

  @Override
  public void reset() {
    latest = null;
  }

  @Override
  public void add(RunningStep step) {
    latest = step;
  }

  /** A finished task's last step; nobody reads it but Spark's own status, which wants a value. */
  @Override
  public void merge(AccumulatorV2<RunningStep, RunningStep> other) {
    latest = other.value();
  }

  @Override
  public RunningStep value() {
    return latest;
  }
}
