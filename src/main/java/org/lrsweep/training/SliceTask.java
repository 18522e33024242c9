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
  private final int round;
  private final Start.OfWorkers workers;

  /**
   * @param round the number of the round that begins from the mean
   */
  SliceTask(Broadcast<Assignment> assignment, int round, Start.OfWorkers workers) {
    this.assignment = assignment;
    this.round = round;
    this.workers = workers;
  }

  @Override
  public Reply<KeptBytes> apply(TaskContext task, Iterator<WorkerExamples> unused) {
    int slice = task.partitionId();
    try {
      String name = "mean" + slice + "_a" + task.taskAttemptId();
      return new Reply.Done<>(
          assignment.value().keep(assignment.id(), round, name, workers.slice(slice), 1));
    } catch (LostBytesException e) {
      return Reply.lost(e);
    }
  }
}
