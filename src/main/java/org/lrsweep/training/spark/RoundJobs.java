package org.lrsweep.training.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Round;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.state.BarrierCoordinator;
import org.lrsweep.training.state.BlockRef;
import org.lrsweep.training.state.Contribution;
import org.lrsweep.training.state.Holder;
import org.lrsweep.training.state.LostBlockException;
import org.lrsweep.training.state.RunSpec;
import org.lrsweep.training.state.StateRef;
import org.lrsweep.training.state.StateStore;
import org.lrsweep.training.state.TaskSpec;
import org.lrsweep.training.worker.FlatState;
import scala.Function2;
import scala.Predef;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * The Spark jobs of one run. One that trains is a stage with a task for each worker; where more
 * than two workers' states are large, a stage before the next averages them in slices, so that each
 * JVM reads two states' worth of bytes however many workers there are.
 */
final class RoundJobs implements AutoCloseable {
  /** States of all workers together below which slices cost more than they save. */
  private static final long SMALL = 4L << 20;

  private static final int SMALLEST_SLICE = 256 << 10;

  /** A worker that has a slot begins a job within this after the first. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final RunContext run;
  private final Broadcast<RunSpec> spec;
  private final int stateBytes;
  private final int slices;

  /** Made for the first job of several rounds. */
  private BarrierCoordinator coordinator;

  /**
   * @param stateBytes how long a state is
   */
  RoundJobs(RunContext run, int stateBytes) {
    this.run = run;
    this.stateBytes = stateBytes;
    slices = slices(run.workers(), stateBytes);
    spec =
        run.spark()
            .broadcast(new RunSpec(run.network(), run.workers(), run.seed(), stateBytes, slices));
  }

  private static int slices(int workers, int stateBytes) {
    boolean worthIt = workers > 2 && (long) workers * stateBytes > SMALL;
    return worthIt ? Math.max(1, Math.min(workers, stateBytes / SMALLEST_SLICE)) : 1;
  }

  /** A start that the driver sends to all. */
  StateRef given(TrainingState state) {
    return new StateRef.InBroadcast(run.spark().broadcast(state));
  }

  /** Frees a start's broadcast variable, once no round begins from it any more. */
  void release(StateRef start) {
    if (start instanceof StateRef.InBroadcast given) {
      given.state().destroy();
    }
  }

  /** Whether all workers can train at the same time, as a job of several rounds needs. */
  boolean canRunMultiRoundJobs() {
    // One attempt of two that Spark starts by itself would always be too late for the barrier.
    boolean speculates = run.spark().getConf().getBoolean("spark.speculation", false);
    return run.workers() == 1 || (!speculates && run.workers() <= Slots.of(run.spark()));
  }

  /** Trains rounds in one job; one result a worker, in the workers' task. */
  List<WorkerResult> train(int number, StateRef start, long step, List<Round> rounds) {
    boolean severalRounds = rounds.size() > 1 && run.workers() > 1;
    TaskSpec task =
        new TaskSpec(
            spec,
            number,
            start,
            step,
            new ArrayList<>(rounds),
            severalRounds ? coordinator().begin(number, TIMEOUT) : null);
    return run(JobTitle.of(rounds, step), new WorkerTask(task, run.runningStep()), run.workers());
  }

  private BarrierCoordinator coordinator() {
    if (coordinator == null) {
      coordinator = new BarrierCoordinator(run.spark(), run.workers());
    }
    return coordinator;
  }

  /** The workers' mean, which the job of a number is to begin from. */
  StateRef mean(int number, List<WorkerResult> results) {
    StateRef.WorkersMean mean =
        Contribution.mean(results.stream().map(WorkerResult::contribution).toList());
    return slices == 1
        ? mean
        : new StateRef.SlicedMean(
            run("mean of the workers", new SliceTask(spec, number, mean), slices));
  }

  /** Brings a state to the driver. */
  TrainingState read(StateRef start, int parameters, long step) {
    try {
      byte[] whole = new byte[stateBytes];
      start.writeTo(whole);
      return FlatState.toState(whole, parameters, step);
    } catch (LostBlockException e) {
      throw new LostStateException(e.getMessage());
    }
  }

  /** The state that a job began from, if the executor still has it. */
  Optional<byte[]> startStoredBy(Holder holder, int number) {
    BlockRef stored =
        new BlockRef(holder, spec.id(), StateStore.startName(number), stateBytes, slices);
    try {
      byte[] copy = new byte[stateBytes];
      new StateRef.SlicedMean(List.of(stored)).writeTo(copy);
      return Optional.of(copy);
    } catch (LostBlockException e) {
      return Optional.empty();
    }
  }

  /** Whether the loss of one executor would take all of them. */
  boolean lieOnOneExecutor(List<Holder> holders) {
    return holders.size() == 1 && !holders.get(0).isDriver();
  }

  /** Runs a task for each of the first partitions, under a name that Spark's UI shows. */
  private <T extends Serializable> List<T> run(
      String what,
      Function2<TaskContext, Iterator<WorkerExamples>, Reply<T>> task,
      int partitions) {
    @SuppressWarnings("unchecked") // Spark fills an array of what the task returns
    Reply<T>[] replies =
        (Reply<T>[])
            JobTitle.during(
                run.spark(),
                what,
                () ->
                    run.spark()
                        .sc()
                        .runJob(
                            run.examples().rdd(),
                            task,
                            Predef.wrapIntArray(IntStream.range(0, partitions).toArray()),
                            ClassTag$.MODULE$.apply(Reply.class)));
    return Arrays.stream(replies).map(Reply::value).toList();
  }

  @Override
  public void close() {
    if (coordinator != null) {
      coordinator.close();
    }
    spec.destroy();
  }
}
