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
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.state.Assignment;
import org.lrsweep.training.state.Contribution;
import org.lrsweep.training.state.Holder;
import org.lrsweep.training.state.KeptBytes;
import org.lrsweep.training.state.LostBytesException;
import org.lrsweep.training.state.MeetingPoint;
import org.lrsweep.training.state.Order;
import org.lrsweep.training.state.Start;
import org.lrsweep.training.worker.FlatState;
import scala.Function2;
import scala.Predef;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * The Spark jobs of one run. A stint is one stage with a task for each worker; where more than two
 * workers' states are large, a stage before the next averages them in slices, so that each JVM
 * reads two states' worth of bytes however many workers there are.
 */
final class RoundJobs implements AutoCloseable {
  /** States of all workers together below which slices cost more than they save. */
  private static final long SMALL = 4L << 20;

  private static final int SMALLEST_SLICE = 256 << 10;

  /** A worker that has a slot begins a stint within this after the first. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RunContext run;
  private final Broadcast<Assignment> assignment;
  private final int stateBytes;
  private final int slices;

  /** Made when workers first meet. */
  private MeetingPoint meetingPoint;

  /**
   * @param stateBytes how long a state is
   */
  RoundJobs(RunContext run, int stateBytes) {
    this.run = run;
    this.stateBytes = stateBytes;
    slices = slices(run.workers(), stateBytes);
    assignment =
        run.spark()
            .broadcast(
                new Assignment(run.network(), run.workers(), run.seed(), stateBytes, slices));
  }

  private static int slices(int workers, int stateBytes) {
    boolean worthIt = workers > 2 && (long) workers * stateBytes > SMALL;
    return worthIt ? Math.max(1, Math.min(workers, stateBytes / SMALLEST_SLICE)) : 1;
  }

  /** A start that the driver sends to all. */
  Start given(TrainingState state) {
    return new Start.Given(run.spark().broadcast(state));
  }

  /** Frees what a start keeps of its own, once no round begins from it any more. */
  void release(Start start) {
    if (start instanceof Start.Given given) {
      given.state().destroy();
    }
  }

  /** Whether workers can go on together from round to round, in one job. */
  boolean canTrainTogether() {
    // One attempt of two that Spark starts by itself would always be too late for a meeting.
    boolean speculates = run.spark().getConf().getBoolean("spark.speculation", false);
    return run.workers() == 1 || (!speculates && run.workers() <= Slots.of(run.spark()));
  }

  /** Trains a stint; one result a worker, in the workers' order. */
  List<WorkerResult> train(int number, Start start, long step, List<Round> rounds) {
    boolean meets = rounds.size() > 1 && run.workers() > 1;
    Order order =
        new Order(
            assignment,
            number,
            start,
            step,
            new ArrayList<>(rounds),
            meets ? meetingPoint().begin(number, PATIENCE) : null);
    return run(JobTitle.of(rounds, step), new WorkerTask(order, run.runningStep()), run.workers());
  }

  private MeetingPoint meetingPoint() {
    if (meetingPoint == null) {
      meetingPoint = new MeetingPoint(run.spark(), run.workers());
    }
    return meetingPoint;
  }

  /** The workers' mean, which the stint of a number is to begin from. */
  Start mean(int number, List<WorkerResult> results) {
    Start.OfWorkers mean =
        Contribution.mean(results.stream().map(WorkerResult::contribution).toList());
    return slices == 1
        ? mean
        : new Start.InSlices(
            run("mean of the workers", new SliceTask(assignment, number, mean), slices));
  }

  /** Brings a state to the driver. */
  TrainingState read(Start start, int parameters, long step) {
    try {
      byte[] whole = new byte[stateBytes];
      start.writeTo(whole);
      return FlatState.toState(whole, parameters, step);
    } catch (LostBytesException e) {
      throw new LostStateException(e.getMessage());
    }
  }

  /** The state that a stint began from, if the executor still has it. */
  Optional<byte[]> startKeptBy(Holder holder, int number) {
    KeptBytes kept =
        new KeptBytes(holder, assignment.id(), Assignment.startName(number), stateBytes, slices);
    try {
      byte[] copy = new byte[stateBytes];
      new Start.InSlices(List.of(kept)).writeTo(copy);
      return Optional.of(copy);
    } catch (LostBytesException e) {
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
    if (meetingPoint != null) {
      meetingPoint.close();
    }
    assignment.destroy();
  }
}
