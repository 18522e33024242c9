package org.lrsweep.training.spark;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.state.BlockRef;
import org.lrsweep.training.state.LostBlockException;
import org.lrsweep.training.state.RunSpec;
import org.lrsweep.training.state.StateRef;
import org.lrsweep.training.state.StateStore;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** The task of averaging one slice of the workers' states, so that no JVM has to read all. */
final class SliceTask
    extends AbstractFunction2<TaskContext, Iterator<WorkerExamples>, Reply<BlockRef>>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final Broadcast<RunSpec> run;
  private final int job;
  private final StateRef.WorkersMean workers;

  /**
   * @param job the number of the job that begins from the mean
   */
  SliceTask(Broadcast<RunSpec> run, int job, StateRef.WorkersMean workers) {
    this.run = run;
    this.job = job;
    this.workers = workers;
  }

  @Override
  public Reply<BlockRef> apply(TaskContext task, Iterator<WorkerExamples> unused) {
    StateStore store = run.value().store();
    int slice = task.partitionId();
    String name = StateStore.meanName(job, slice, task.taskAttemptId(), 0);
    try {
      return new Reply.Done<>(store.put(run.id(), job, name, workers.slice(slice), 1));
    } catch (LostBlockException e) {
      return new Reply.Lost<>(e.getMessage());
    }
  }
}
