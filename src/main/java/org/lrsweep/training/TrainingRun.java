package org.lrsweep.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.storage.BlockManagerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network in training: where its rounds have led to, and the next round from there.
 *
 * <p>From round to round the state stays on the executors: each worker keeps what it trained, and
 * reads what the others have kept. {@link #state} brings it to the driver. If executors are lost
 * with what they kept, the run goes back to the newest state that is to be had and repeats the
 * rounds since, which gives the same bits: one round as long as one of the round's executors is
 * left. Where a state lies on one executor alone, the driver takes a copy after each round.
 *
 * <p>Not thread-safe: one thread drives a run. Several runs of one engine may run side by side.
 */
public final class TrainingRun implements EngineRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  /** Rounds repeated at most if every executor is lost at once. */
  private static final int ROUNDS_WITHOUT_COPY = 100;

  private static final int ATTEMPTS = 4;

  private final RoundJobs jobs;
  private final int parameters;

  /** A state that the driver has. */
  private TrainingState copy;

  /** The rounds that led from there to the position. */
  private final List<Round> sinceCopy = new ArrayList<>();

  /** Rounds to train: the one asked for, behind those that have to be repeated for it. */
  private final Deque<Round> pending = new ArrayDeque<>();

  private Position position;

  /**
   * Where the run stands.
   *
   * @param round the number of the last round, repetitions counted
   * @param start the state that the next one begins from
   * @param step updates before that
   * @param holders the JVMs that trained the last round; none if the driver has its result
   * @param stepBefore updates before the last round
   */
  private record Position(
      int round, Start start, long step, List<BlockManagerId> holders, long stepBefore) {}

  TrainingRun(RoundJobs jobs, TrainingState initial) {
    this.jobs = jobs;
    parameters = initial.parameters().length;
    copy = initial;
    position = new Position(0, jobs.given(initial), initial.step(), List.of(), 0);
  }

  /**
   * Trains one round.
   *
   * @throws IllegalArgumentException if the batch can't be shared evenly between the workers, or
   *     the epoch has no examples left for a step of the round
   */
  @Override
  public RoundResult train(Round round) {
    jobs.requireEvenShares(round);
    pending.add(round);
    RoundResult result = recovering(this::trainPending);
    if (jobs.lieOnOneExecutor(position.holders()) || sinceCopy.size() >= ROUNDS_WITHOUT_COPY) {
      state();
    }
    return result;
  }

  /** Updates so far, without bringing the state to the driver. */
  @Override
  public long step() {
    return position.step();
  }

  /**
   * The state after the last round, as a value on the driver; before the first, the one that the
   * run began with. Needed for a checkpoint, an evaluation or the trained network, not from round
   * to round: it may have to travel.
   */
  @Override
  public TrainingState state() {
    if (!sinceCopy.isEmpty()) {
      copy =
          recovering(
              () -> {
                trainPending();
                return jobs.read(position.start(), parameters, position.step());
              });
      sinceCopy.clear();
    }
    return copy;
  }

  /** Frees what executors keep for the run. */
  @Override
  public void close() {
    jobs.close();
  }

  /** The result of the last of them; null if there are none. */
  private RoundResult trainPending() {
    RoundResult result = null;
    while (!pending.isEmpty()) {
      Round next = pending.poll();
      try {
        result = advance(next);
      } catch (LostStateException e) {
        pending.addFirst(next);
        throw e;
      }
      sinceCopy.add(next);
    }
    return result;
  }

  private RoundResult advance(Round round) {
    int number = position.round() + 1;
    List<WorkerResult> results = jobs.train(number, position.start(), position.step(), round);
    RoundResult report =
        StepReports.merge(results.stream().map(WorkerResult::steps).toList(), round);
    List<WorkerResult> trained =
        results.stream().filter(result -> result.steps().totalExamples() > 0).toList();
    Start next = jobs.mean(number + 1, trained);
    jobs.release(position.start());
    position =
        new Position(
            number,
            next,
            position.step() + trained.get(0).steps().count(),
            results.stream().map(result -> result.state().holder()).distinct().toList(),
            position.step());
    return report;
  }

  private <T> T recovering(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (LostStateException e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException(
              "States were lost with their executors " + ATTEMPTS + " times in a row", e);
        }
        LOG.warn("A state was lost with its executor and is trained anew: {}", e.getMessage());
        goBack();
      }
    }
  }

  /** To the start of the last round if an executor still has it, or else to the driver's copy. */
  private void goBack() {
    Optional<TrainingState> start = startOfLastRound();
    if (start.isPresent()) {
      copy = start.get();
      sinceCopy.subList(0, sinceCopy.size() - 1).clear();
    }
    for (int i = sinceCopy.size() - 1; i >= 0; i--) {
      pending.addFirst(sinceCopy.get(i));
    }
    sinceCopy.clear();
    jobs.release(position.start());
    position = new Position(position.round() + 1, jobs.given(copy), copy.step(), List.of(), 0);
  }

  /** Empty too if the driver has the last round's result. */
  private Optional<TrainingState> startOfLastRound() {
    if (sinceCopy.isEmpty()) {
      return Optional.empty();
    }
    for (BlockManagerId holder : position.holders()) {
      Optional<TrainingState> start =
          jobs.startKeptBy(holder, position.round())
              .map(flat -> FlatState.toState(flat, parameters, position.stepBefore()));
      if (start.isPresent()) {
        return start;
      }
    }
    return Optional.empty();
  }
}
