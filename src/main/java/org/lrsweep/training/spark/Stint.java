package org.lrsweep.training.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.lrsweep.training.Round;
import org.lrsweep.training.RunningStep;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.WorkerPosition;
import org.lrsweep.training.state.Assignment;
import org.lrsweep.training.state.Contribution;
import org.lrsweep.training.state.ExchangeException;
import org.lrsweep.training.state.KeptBytes;
import org.lrsweep.training.state.LostBytesException;
import org.lrsweep.training.state.Meeting;
import org.lrsweep.training.state.Order;
import org.lrsweep.training.state.SharedMean;
import org.lrsweep.training.state.SharedMean.Place;
import org.lrsweep.training.state.Start;
import org.lrsweep.training.worker.Replica;
import org.lrsweep.training.worker.Share;
import org.lrsweep.training.worker.WorkerSteps;

/**
 * One worker's way through a stint: the rounds that one job of Spark's trains. The workers meet
 * before the first round and after each, and go on from the mean: where all are in one JVM, they
 * take it in their networks' memory; else each keeps its state for the others to read. Where that
 * is follows from where each worker is, which they tell each other once.
 *
 * <p>All workers of a stint train the same number of rounds: at a loss that is not finite, or if
 * one of them can't come to a meeting, all end where they are. Used once, by one thread.
 */
final class Stint {
  /** What a worker says when its slice of the mean, if it has one, can be read. */
  private static final String TAKEN = "taken";

  private final Order order;
  private final TaskContext task;
  private final Replica replica;
  private final WorkerExamples examples;
  private final Consumer<RunningStep> progress;
  private final Assignment assignment;
  private final WorkerPosition position;

  /** What this worker has kept and nobody needs any more when all have come to the next meeting. */
  private final List<KeptBytes> superseded = new ArrayList<>();

  /** When the first round began and the last one ended. */
  private long firstBegin;

  private long lastEnd;

  Stint(
      Order order,
      TaskContext task,
      Replica replica,
      WorkerExamples examples,
      Consumer<RunningStep> progress) {
    this.order = order;
    this.task = task;
    this.replica = replica;
    this.examples = examples;
    this.progress = progress;
    assignment = order.assignment().value();
    position = assignment.position(task.partitionId());
  }

  WorkerResult train() throws ExchangeException {
    assignment.forgetBefore(order.stint());
    replica.restore(assignment.start(order));
    if (order.meetings().isEmpty()) {
      return alone(order.rounds().size());
    }
    SharedMean shared = assignment.sharedMean(order.stint());
    shared.join(task, replica);
    try {
      return together(order.meetings().get(), shared);
    } catch (LostBytesException e) {
      order.meetings().get().giveUp();
      throw e;
    } finally {
      shared.leave(task);
    }
  }

  /** Without a mean between the rounds: the only worker, or the only round. */
  private WorkerResult alone(int rounds) {
    List<WorkerSteps> trained = new ArrayList<>();
    do {
      trained.add(round(trained.size()));
    } while (trained.size() < rounds && trained.get(trained.size() - 1).finite());
    return WorkerResult.of(keepState(trained.size()), trained, lastEnd - firstBegin);
  }

  private WorkerResult together(Meeting meeting, SharedMean shared) throws ExchangeException {
    Optional<List<Place>> places = meeting.hearAll(task, Place.of(task));
    if (places.isEmpty()) {
      return alone(1);
    }
    return Place.areOne(places.get())
        ? inOneJvm(meeting, shared, places.get())
        : acrossJvms(meeting, shared, places.get());
  }

  private WorkerResult inOneJvm(Meeting meeting, SharedMean shared, List<Place> places)
      throws ExchangeException {
    List<WorkerSteps> trained = new ArrayList<>();
    while (true) {
      int round = trained.size();
      WorkerSteps steps = round(round);
      trained.add(steps);
      Optional<List<Share>> all =
          trained.size() < order.rounds().size()
              ? meeting.hearAll(task, steps.share())
              : Optional.empty();
      if (all.isEmpty() || !Share.allowAnotherRound(all.get())) {
        return WorkerResult.of(keepState(trained.size()), trained, lastEnd - firstBegin);
      }
      shared.take(round, places, all.get());
    }
  }

  private WorkerResult acrossJvms(Meeting meeting, SharedMean shared, List<Place> places)
      throws ExchangeException {
    List<WorkerSteps> trained = new ArrayList<>();
    while (true) {
      int round = trained.size();
      WorkerSteps steps = round(round);
      trained.add(steps);
      KeptBytes state = keepState(trained.size());
      shared.keeps(task, state);
      Optional<List<Share>> all =
          trained.size() < order.rounds().size()
              ? meeting.hearAll(task, steps.share())
              : Optional.empty();
      if (all.isEmpty() || !Share.allowAnotherRound(all.get())) {
        return WorkerResult.of(state, trained, lastEnd - firstBegin);
      }
      // All have come, so all have read what this round began from.
      superseded.forEach(old -> assignment.forget(order.stint(), old));
      superseded.clear();
      superseded.add(state);
      Start.OfWorkers workers = Contribution.mean(contributions(places, all.get(), trained.size()));
      Optional<Start.Mean> mean = mean(workers, round + 1, meeting, places);
      if (mean.isEmpty()) {
        return WorkerResult.of(state, trained, lastEnd - firstBegin);
      }
      shared.take(round, mean.get());
    }
  }

  private List<Contribution> contributions(List<Place> places, List<Share> shares, int rounds) {
    return IntStream.range(0, places.size())
        .mapToObj(
            worker -> {
              Place place = places.get(worker);
              String name = Assignment.stateName(order.stint(), worker, place.attempt(), rounds);
              return new Contribution(
                  assignment.stateAt(place.jvm(), order.owner(), name), shares.get(worker));
            })
        .toList();
  }

  private WorkerSteps round(int round) {
    long step = order.step();
    for (Round earlier : order.rounds().subList(0, round)) {
      step += earlier.steps();
    }
    if (round == 0) {
      firstBegin = System.nanoTime();
    }
    WorkerSteps steps =
        replica.train(step, order.rounds().get(round), examples, position, progress);
    lastEnd = System.nanoTime();
    return steps;
  }

  private KeptBytes keepState(int rounds) {
    byte[] state = replica.captureInto(assignment.room());
    return assignment.keep(
        order.owner(), order.stint(), stateName(rounds), state, assignment.slices());
  }

  /** Takes the mean of the slice that has this worker's number. */
  private KeptBytes keepMean(Start.OfWorkers workers, int round) throws LostBytesException {
    int slice = task.partitionId();
    String name = Assignment.meanName(order.stint(), slice, task.taskAttemptId(), round);
    return assignment.keep(order.owner(), order.stint(), name, workers.slice(slice), 1);
  }

  /** With the attempt's number: of two attempts, only what the driver hears of is read. */
  private String stateName(int rounds) {
    return Assignment.stateName(order.stint(), task.partitionId(), task.taskAttemptId(), rounds);
  }

  /** Empty if a worker can't come to tell that its slice of the mean is there. */
  private Optional<Start.Mean> mean(
      Start.OfWorkers workers, int round, Meeting meeting, List<Place> places)
      throws ExchangeException {
    int slices = assignment.slices();
    if (slices == 1) {
      return Optional.of(workers);
    }
    if (task.partitionId() < slices) {
      superseded.add(keepMean(workers, round));
    }
    return meeting.hearAll(task, TAKEN).map(unused -> new Start.InSlices(slices(places, round)));
  }

  private List<KeptBytes> slices(List<Place> places, int round) {
    return IntStream.range(0, assignment.slices())
        .mapToObj(
            slice -> {
              Place place = places.get(slice);
              String name = Assignment.meanName(order.stint(), slice, place.attempt(), round);
              return assignment.sliceAt(place.jvm(), order.owner(), name, slice);
            })
        .toList();
  }
}
