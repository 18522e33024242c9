package org.lrsweep.training;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.TaskContext;
import org.lrsweep.training.exchange.KeptBytes;
import org.lrsweep.training.exchange.LostBytesException;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** A worker's part of a round: from the common state, its steps on its own examples. */
final class WorkerTask
    extends AbstractFunction2<TaskContext, Iterator<WorkerExamples>, Reply<WorkerResult>>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final Order order;
  private final Round round;
  private final StepAccumulator runningStep;

  WorkerTask(Order order, Round round, StepAccumulator runningStep) {
    this.order = order;
    this.round = round;
    this.runningStep = runningStep;
  }

  @Override
  public Reply<WorkerResult> apply(TaskContext task, Iterator<WorkerExamples> partition) {
    Assignment assignment = order.assignment().value();
    assignment.forgetBefore(order.round());
    ByteBuffer start;
    try {
      start = assignment.start(order);
    } catch (LostBytesException e) {
      return Reply.lost(e);
    }
    WorkerExamples examples = partition.next();
    return ReplicaPool.ofThisJvm()
        .with(
            assignment.network(),
            replica -> {
              WorkerPosition position = assignment.position(task.partitionId());
              WorkerSteps steps =
                  replica.train(start, order.step(), round, examples, position, runningStep::add);
              // The attempt's number: of two attempts, only what the driver hears of is read.
              String name = "w" + task.partitionId() + "_a" + task.taskAttemptId();
              KeptBytes state =
                  assignment.keep(
                      order.owner(),
                      order.round(),
                      name,
                      replica.captureInto(assignment.room()),
                      assignment.slices());
              return new Reply.Done<>(new WorkerResult(state, steps));
            });
  }
}
