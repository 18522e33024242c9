package org.lrsweep.training.spark;

import java.io.Serializable;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.lrsweep.training.RunningStep;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.state.ExchangeException;
import org.lrsweep.training.state.TaskSpec;
import org.lrsweep.training.worker.ReplicaPool;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** The task of a worker, as Spark runs it: lends it a network, and replies. */
final class WorkerTask
    extends AbstractFunction2<TaskContext, Iterator<WorkerExamples>, Reply<WorkerResult>>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final TaskSpec spec;
  private final StepAccumulator runningStep;

  WorkerTask(TaskSpec spec, StepAccumulator runningStep) {
    this.spec = spec;
    this.runningStep = runningStep;
  }

  @Override
  public Reply<WorkerResult> apply(TaskContext task, Iterator<WorkerExamples> partition) {
    WorkerExamples examples = partition.next();
    try {
      return new Reply.Done<>(
          ReplicaPool.ofThisJvm()
              .with(
                  spec.run().value().network(),
                  task.cpus(),
                  replica ->
                      new MultiRoundTask(spec, task, replica, examples, heardOf(task)).train()));
    } catch (ExchangeException e) {
      return new Reply.Lost<>(e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      Optional<String> fault = SparkFault.of(e);
      if (fault.isEmpty()) {
        throw e;
      }
      return new Reply.Unable<>(fault.get());
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
