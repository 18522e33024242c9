package org.lrsweep.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.lrsweep.training.SharedMean.Place;
import org.lrsweep.training.exchange.ExchangeException;
import org.lrsweep.training.exchange.KeptBytes;
import org.lrsweep.training.exchange.Meeting;

/**
 * One worker's way through a stint: the rounds that one job of Spark's trains. The workers meet
 * before the first round and after each, and go on from the mean: where all are in one JVM, they
 * take it in their networks' memory; else each keeps its state for the others to read.
 *
 * <p>All workers of a stint train the same number of rounds: at a loss that is not finite, or if
 * one of them can't come to a meeting, all end where they are. Used once, by one thread.
 */
final class Stint {
  private final Order order;
  private final TaskContext task;
  private final Replica replica;
  private final WorkerExamples examples;
  private final Consumer<RunningStep> progress;
  private final Assignment assignment;
  private final WorkerPosition position;

  /** What this worker has kept and nobody needs any more when all have come to the next meeting. */
  private final List<KeptBytes> superseded = new ArrayList<>();

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
    return WorkerResult.of(keepState(trained.size()), trained);
  }

  private WorkerResult together(Meeting meeting, SharedMean shared) throws ExchangeException {
    Optional<List<Place>> places = meeting.hearAll(task, Place.of(task));
    if (places.isEmpty()) {
      return alone(1);
    }
    return Place.areOne(places.get())
        ? inOneJvm(meeting, shared, places.get())
        : acrossJvms(meeting);
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
        return WorkerResult.of(keepState(trained.size()), trained);
      }
      shared.take(round, places, all.get());
    }
  }

  private WorkerResult acrossJvms(Meeting meeting) throws ExchangeException {
    List<WorkerSteps> trained = new ArrayList<>();
    while (true) {
      int round = trained.size();
      trained.add(round(round));
      WorkerResult result = WorkerResult.of(keepState(trained.size()), trained);
      if (trained.size() == order.rounds().size()) {
        return result;
      }
      Optional<List<Contribution>> all = meeting.hearAll(task, result.contribution());
      if (all.isEmpty() || !Share.allowAnotherRound(Contribution.shares(all.get()))) {
        return result;
      }
      // All have come, so all have read what this round began from.
      assignment.forgetStarts(order.stint(), round);
      superseded.forEach(old -> assignment.forget(order.stint(), old));
      superseded.clear();
      superseded.add(result.state());
      Optional<Start> mean = mean(Contribution.mean(all.get()), round, meeting);
      if (mean.isEmpty()) {
        return result;
      }
      replica.restore(assignment.start(order, round + 1, mean.get()));
    }
  }

  private WorkerSteps round(int round) {
    long step = order.step();
    for (Round earlier : order.rounds().subList(0, round)) {
      step += earlier.steps();
    }
    return replica.train(step, order.rounds().get(round), examples, position, progress);
  }

  private KeptBytes keepState(int rounds) {
    // The attempt's number: of two attempts, only what the driver hears of is read.
    String name = "w" + task.partitionId() + "_a" + task.taskAttemptId() + "_" + rounds;
    byte[] state = replica.captureInto(assignment.room());
    return assignment.keep(order.owner(), order.stint(), name, state, assignment.slices());
  }

  /** Empty if a worker can't come to tell where its slice of the mean is. */
  private Optional<Start> mean(Start.OfWorkers workers, int round, Meeting meeting)
      throws ExchangeException {
    if (assignment.slices() == 1) {
      return Optional.of(workers);
    }
    ArrayList<KeptBytes> own = new ArrayList<>();
    if (task.partitionId() < assignment.slices()) {
      own.add(SliceTask.keepMean(order.assignment(), order.stint(), workers, task, "_" + round));
    }
    superseded.addAll(own);
    return meeting
        .hearAll(task, own)
        .map(slices -> new Start.InSlices(slices.stream().flatMap(List::stream).toList()));
  }
}
