package org.lrsweep.training.spark;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.state.Assignment;
import org.lrsweep.training.state.KeptBytes;
import org.lrsweep.training.state.LostBytesException;
import org.lrsweep.training.state.Start;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Averages one slice of the workers' states, so that no JVM has to read all of them. */
final class SliceTask
    extends AbstractFunction2<TaskContext, Iterator<WorkerExamples>, Reply<KeptBytes>>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final Broadcast<Assignment> assignment;
  private final int stint;
  private final Start.OfWorkers workers;

  /**
   * @param stint the number of the stint that begins from the mean
   */
  SliceTask(Broadcast<Assignment> assignment, int stint, Start.OfWorkers workers) {
    this.assignment = assignment;
    this.stint = stint;
    this.workers = workers;
  }

  @Override
  public Reply<KeptBytes> apply(TaskContext task, Iterator<WorkerExamples> unused) {
    Assignment here = assignment.value();
    int slice = task.partitionId();
    String name = Assignment.meanName(stint, slice, task.taskAttemptId(), 0);
    try {
      return new Reply.Done<>(here.keep(assignment.id(), stint, name, workers.slice(slice), 1));
    } catch (LostBytesException e) {
      return new Reply.Lost<>(e.getMessage());
    }
  }
}
