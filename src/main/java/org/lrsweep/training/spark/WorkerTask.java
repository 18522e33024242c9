package org.lrsweep.training.spark;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.state.ExchangeException;
import org.lrsweep.training.state.Order;
import org.lrsweep.training.worker.ReplicaPool;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** A worker's part of a stint: from the common state, round by round, on its own examples. */
final class WorkerTask
    extends AbstractFunction2<TaskContext, Iterator<WorkerExamples>, Reply<WorkerResult>>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final Order order;
  private final StepAccumulator runningStep;

  WorkerTask(Order order, StepAccumulator runningStep) {
    this.order = order;
    this.runningStep = runningStep;
  }

  @Override
  public Reply<WorkerResult> apply(TaskContext task, Iterator<WorkerExamples> partition) {
    WorkerExamples examples = partition.next();
    try {
      return new Reply.Done<>(
          ReplicaPool.ofThisJvm()
              .with(
                  order.assignment().value().network(),
                  replica -> new Stint(order, task, replica, examples, runningStep::add).train()));
    } catch (ExchangeException e) {
      return new Reply.Lost<>(e.getMessage());
    }
  }
}
