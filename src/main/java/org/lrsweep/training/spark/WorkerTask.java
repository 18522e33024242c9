package org.lrsweep.training.spark;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.lrsweep.training.RunningStep;
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
                  task.cpus(),
                  replica -> new Stint(order, task, replica, examples, heardOf(task)).train()));
    } catch (ExchangeException e) {
      return new Reply.Lost<>(e.getMessage());
    }
  }

  /** A task whose job was cancelled ends with the step that it is at. */
  private Consumer<RunningStep> heardOf(TaskContext task) {
    return step -> {
      runningStep.add(step);
      if (task.isInterrupted()) {
        throw new TaskKilledException("its job was cancelled");
      }
    };
  }
}
