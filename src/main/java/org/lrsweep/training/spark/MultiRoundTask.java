package org.lrsweep.training.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.lrsweep.training.Round;
import org.lrsweep.training.RunningStep;
import org.lrsweep.training.WorkerPosition;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.state.Barrier;
import org.lrsweep.training.state.BlockRef;
import org.lrsweep.training.state.Contribution;
import org.lrsweep.training.state.ExchangeException;
import org.lrsweep.training.state.LostBlockException;
import org.lrsweep.training.state.RunSpec;
import org.lrsweep.training.state.SharedMean;
import org.lrsweep.training.state.SharedMean.Place;
import org.lrsweep.training.state.StateRef;
import org.lrsweep.training.state.StateStore;
import org.lrsweep.training.state.TaskSpec;
import org.lrsweep.training.worker.Replica;
import org.lrsweep.training.worker.Share;
import org.lrsweep.training.worker.WorkerSteps;

/**
 * A worker's task in a job of one or several rounds. The workers pass a barrier before the first
 * round and after each, and go on from the mean: where all are in one JVM, they take it in their
 * networks' memory; else each stores its state for the others to read. Where that is follows from
 * where each worker is, which they tell each other once.
 *
 * <p>All workers of a job train the same number of rounds: at a loss that is not finite, or if the
 * barrier is broken, all end where they are. Used once, by one thread.
 */
final class MultiRoundTask {
  /** The payload of a worker whose slice of the mean, if it has one, can be read. */
  private static final String TAKEN = "taken";

  private final TaskSpec spec;
  private final TaskContext task;
  private final Replica replica;
  private final WorkerExamples examples;
  private final Consumer<RunningStep> progress;
  private final RunSpec run;
  private final StateStore store;
  private final WorkerPosition position;

  /** What this worker has stored and nobody needs any more once all have passed the barrier. */
  private final List<BlockRef> superseded = new ArrayList<>();

  /** When the first round began and the last one ended. */
  private long firstBegin;

  private long lastEnd;

  MultiRoundTask(
      TaskSpec spec,
      TaskContext task,
      Replica replica,
      WorkerExamples examples,
      Consumer<RunningStep> progress) {
    this.spec = spec;
    this.task = task;
    this.replica = replica;
    this.examples = examples;
    this.progress = progress;
    run = spec.run().value();
    store = run.store();
    position = run.position(task.partitionId());
  }

  WorkerResult train() throws ExchangeException {
    store.removeBefore(spec.job());
    replica.restore(store.start(spec.owner(), spec.job(), spec.start()));
    if (spec.barrier().isEmpty()) {
      return alone(spec.rounds().size());
    }
    SharedMean shared = store.sharedMean(spec.job());
    shared.join(task, replica);
    try {
      return together(spec.barrier().get(), shared);
    } catch (LostBlockException | RuntimeException | LinkageError e) {
      spec.barrier().get().abort();
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
    return WorkerResult.of(putState(trained.size()), trained, lastEnd - firstBegin);
  }

  private WorkerResult together(Barrier barrier, SharedMean shared) throws ExchangeException {
    Optional<List<Place>> places = barrier.allGather(task, Place.of(task));
    if (places.isEmpty()) {
      return alone(1);
    }
    return Place.areOne(places.get())
        ? inOneJvm(barrier, shared, places.get())
        : acrossJvms(barrier, shared, places.get());
  }

  private WorkerResult inOneJvm(Barrier barrier, SharedMean shared, List<Place> places)
      throws ExchangeException {
    List<WorkerSteps> trained = new ArrayList<>();
    while (true) {
      int round = trained.size();
      WorkerSteps steps = round(round);
      trained.add(steps);
      Optional<List<Share>> all =
          trained.size() < spec.rounds().size()
              ? barrier.allGather(task, steps.share())
              : Optional.empty();
      if (all.isEmpty() || !Share.allowAnotherRound(all.get())) {
        return WorkerResult.of(putState(trained.size()), trained, lastEnd - firstBegin);
      }
      shared.take(round, places, all.get());
    }
  }

  private WorkerResult acrossJvms(Barrier barrier, SharedMean shared, List<Place> places)
      throws ExchangeException {
    List<WorkerSteps> trained = new ArrayList<>();
    while (true) {
      int round = trained.size();
      WorkerSteps steps = round(round);
      trained.add(steps);
      BlockRef state = putState(trained.size());
      shared.stored(task, state);
      Optional<List<Share>> all =
          trained.size() < spec.rounds().size()
              ? barrier.allGather(task, steps.share())
              : Optional.empty();
      if (all.isEmpty() || !Share.allowAnotherRound(all.get())) {
        return WorkerResult.of(state, trained, lastEnd - firstBegin);
      }
      // All have passed, so all have read what this round began from.
      superseded.forEach(old -> store.remove(spec.job(), old));
      superseded.clear();
      superseded.add(state);
      StateRef.WorkersMean workers =
          Contribution.mean(contributions(places, all.get(), trained.size()));
      Optional<StateRef.Mean> mean = mean(workers, round + 1, barrier, places);
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
              String name = StateStore.stateName(spec.job(), worker, place.attempt(), rounds);
              return new Contribution(
                  run.stateAt(place.jvm(), spec.owner(), name), shares.get(worker));
            })
        .toList();
  }

  private WorkerSteps round(int round) {
    long step = spec.step();
    for (Round earlier : spec.rounds().subList(0, round)) {
      step += earlier.steps();
    }
    if (round == 0) {
      firstBegin = System.nanoTime();
    }
    WorkerSteps steps = replica.train(step, spec.rounds().get(round), examples, position, progress);
    lastEnd = System.nanoTime();
    return steps;
  }

  private BlockRef putState(int rounds) {
    byte[] state = replica.captureInto(store.room());
    return store.put(spec.owner(), spec.job(), stateName(rounds), state, run.slices());
  }

  /** Takes the mean of the slice that has this worker's number. */
  private BlockRef putMean(StateRef.WorkersMean workers, int round) throws LostBlockException {
    int slice = task.partitionId();
    String name = StateStore.meanName(spec.job(), slice, task.taskAttemptId(), round);
    return store.put(spec.owner(), spec.job(), name, workers.slice(slice), 1);
  }

  /** With the attempt's number: of two attempts, only what the driver hears of is read. */
  private String stateName(int rounds) {
    return StateStore.stateName(spec.job(), task.partitionId(), task.taskAttemptId(), rounds);
  }

  /** Empty if the barrier is broken before all slices of the mean are there. */
  private Optional<StateRef.Mean> mean(
      StateRef.WorkersMean workers, int round, Barrier barrier, List<Place> places)
      throws ExchangeException {
    int slices = run.slices();
    if (slices == 1) {
      return Optional.of(workers);
    }
    if (task.partitionId() < slices) {
      superseded.add(putMean(workers, round));
    }
    return barrier
        .allGather(task, TAKEN)
        .map(unused -> new StateRef.SlicedMean(slices(places, round)));
  }

  private List<BlockRef> slices(List<Place> places, int round) {
    return IntStream.range(0, run.slices())
        .mapToObj(
            slice -> {
              Place place = places.get(slice);
              String name = StateStore.meanName(spec.job(), slice, place.attempt(), round);
              return run.sliceAt(place.jvm(), spec.owner(), name, slice);
            })
        .toList();
  }
}
