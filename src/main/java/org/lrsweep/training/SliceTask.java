package org.lrsweep.training;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.training.exchange.KeptBytes;
import org.lrsweep.training.exchange.LostBytesException;
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
    try {
      return new Reply.Done<>(keepMean(assignment, stint, workers, task, 0));
    } catch (LostBytesException e) {
      return new Reply.Lost<>(e.getMessage());
    }
  }

  /**
   * Takes the mean of the slice that has the task's number, and keeps it in this JVM.
   *
   * @param round the round within the stint that begins from it
   */
  static KeptBytes keepMean(
      Broadcast<Assignment> assignment,
      int stint,
      Start.OfWorkers workers,
      TaskContext task,
      int round)
      throws LostBytesException {
    int slice = task.partitionId();
    String name = Assignment.meanName(stint, slice, task.taskAttemptId(), round);
    return assignment.value().keep(assignment.id(), stint, name, workers.slice(slice), 1);
  }
}
