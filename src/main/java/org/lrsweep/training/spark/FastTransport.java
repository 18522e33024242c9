package org.lrsweep.training.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.state.Holder;
import org.lrsweep.training.state.Start;
import org.lrsweep.training.worker.FlatState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several rounds to a job, and states that stay with the workers.
 *
 * <p>Rounds that are asked for together are trained by one job of Spark's, a stint, as far as about
 * sixteen seconds of training go. From round to round the state stays on the executors: each worker
 * keeps what it trained, and reads what the others have kept. {@link #state} brings it to the
 * driver. If executors are lost with what they kept, the run goes back to the newest state that is
 * to be had and repeats the stints since, which gives the same bits: one stint as long as one of
 * its executors is left. Where a state lies on one executor alone, the driver takes a copy after
 * each stint.
 */
final class FastTransport implements RoundTransport {
  private static final Logger LOG = LoggerFactory.getLogger(FastTransport.class);

  /** Rounds repeated at most if every executor is lost at once. */
  private static final int ROUNDS_WITHOUT_COPY = 100;

  private static final int ATTEMPTS = 4;

  private final RoundJobs jobs;
  private final StintLength length;
  private final int parameters;

  /** A state that the driver has. */
  private TrainingState copy;

  /** The stints that led from there to the position. */
  private final List<List<Round>> sinceCopy = new ArrayList<>();

  /** Rounds to train: those asked for, behind those that have to be repeated for them. */
  private final Deque<List<Round>> pending = new ArrayDeque<>();

  /** Results of the rounds asked for, so far. */
  private final List<RoundResult> results = new ArrayList<>();

  /** How many rounds had been trained when they were asked for. */
  private long roundsBefore;

  /** How many rounds the copy has behind it. */
  private long roundsOfCopy;

  private Position position;

  /**
   * Where the run stands.
   *
   * @param stint the number of the last stint, repetitions counted
   * @param start the state that the next one begins from
   * @param step updates before that
   * @param rounds rounds before that
   * @param holders the JVMs that trained the last stint; none if the driver has its result
   * @param stepBefore updates before the last stint
   */
  private record Position(
      int stint, Start start, long step, long rounds, List<Holder> holders, long stepBefore) {}

  FastTransport(RunContext run, TrainingState initial, StintPace pace) {
    jobs = new RoundJobs(run, FlatState.bytes(initial));
    length = new StintLength(pace, jobs::canTrainTogether);
    parameters = initial.parameters().length;
    copy = initial;
    position = new Position(0, jobs.given(initial), initial.step(), 0, List.of(), 0);
  }

  @Override
  public List<RoundResult> train(List<Round> rounds) {
    results.clear();
    roundsBefore = position.rounds();
    pending.add(List.copyOf(rounds.subList(0, length.next(rounds.size()))));
    recovering(this::trainPending);
    int roundsSinceCopy = sinceCopy.stream().mapToInt(List::size).sum();
    if (jobs.lieOnOneExecutor(position.holders()) || roundsSinceCopy >= ROUNDS_WITHOUT_COPY) {
      state();
    }
    return List.copyOf(results);
  }

  @Override
  public long step() {
    return position.step();
  }

  @Override
  public TrainingState state() {
    if (!sinceCopy.isEmpty()) {
      recovering(
          () -> {
            trainPending();
            copy = jobs.read(position.start(), parameters, position.step());
          });
      roundsOfCopy = position.rounds();
      sinceCopy.clear();
    }
    return copy;
  }

  @Override
  public void close() {
    jobs.close();
  }

  private void trainPending() {
    while (!pending.isEmpty()) {
      List<Round> asked = pending.poll();
      int count = length.next(asked.size());
      List<Round> stint = asked.subList(0, count);
      if (count < asked.size()) {
        pending.addFirst(asked.subList(count, asked.size()));
      }
      List<RoundResult> trained;
      try {
        trained = advance(stint);
      } catch (LostStateException e) {
        pending.addFirst(stint);
        throw e;
      }
      sinceCopy.add(stint.subList(0, trained.size()));
      boolean cameApart = trained.size() < stint.size() && trained.get(trained.size() - 1).finite();
      if (cameApart) {
        LOG.info("Workers came apart after {} of {} rounds", trained.size(), stint.size());
        length.cameApart();
        pending.addFirst(stint.subList(trained.size(), stint.size()));
      }
    }
  }

  private List<RoundResult> advance(List<Round> rounds) {
    int number = position.stint() + 1;
    List<WorkerResult> workers = jobs.train(number, position.start(), position.step(), rounds);
    List<RoundResult> trained = WorkerResult.merge(workers, rounds);
    length.took(
        workers.stream().mapToLong(WorkerResult::nanos).max().orElseThrow(), trained.size());
    Start next = jobs.mean(number + 1, workers);
    jobs.release(position.start());
    // Rounds that are repeated have given their results before, with the same bits.
    long known = Math.max(0, roundsBefore + results.size() - position.rounds());
    trained.stream().skip(known).forEach(results::add);
    position =
        new Position(
            number,
            next,
            position.step() + trained.stream().mapToInt(result -> result.steps().size()).sum(),
            position.rounds() + trained.size(),
            workers.stream().map(worker -> worker.state().holder()).distinct().toList(),
            position.step());
    return trained;
  }

  private void recovering(Runnable work) {
    for (int attempt = 1; ; attempt++) {
      try {
        work.run();
        return;
      } catch (LostStateException e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException(
              "States were lost with their executors " + ATTEMPTS + " times in a row", e);
        }
        LOG.warn(
            "A state was lost, with its executor or its block, and is trained anew: {}",
            e.getMessage());
        // Alone in its job, a task that fails makes Spark say why.
        length.cameApart();
        goBack();
      }
    }
  }

  /** To the start of the last stint if an executor still has it, or else to the driver's copy. */
  private void goBack() {
    Optional<TrainingState> start = startOfLastStint();
    if (start.isPresent()) {
      copy = start.get();
      List<List<Round>> before = sinceCopy.subList(0, sinceCopy.size() - 1);
      roundsOfCopy += before.stream().mapToInt(List::size).sum();
      before.clear();
    }
    for (int i = sinceCopy.size() - 1; i >= 0; i--) {
      pending.addFirst(sinceCopy.get(i));
    }
    sinceCopy.clear();
    jobs.release(position.start());
    position =
        new Position(
            position.stint() + 1, jobs.given(copy), copy.step(), roundsOfCopy, List.of(), 0);
  }

  /** Empty too if the driver has the last stint's result. */
  private Optional<TrainingState> startOfLastStint() {
    if (sinceCopy.isEmpty()) {
      return Optional.empty();
    }
    for (Holder holder : position.holders()) {
      Optional<TrainingState> start =
          jobs.startKeptBy(holder, position.stint())
              .map(flat -> FlatState.toState(flat, parameters, position.stepBefore()));
      if (start.isPresent()) {
        return start;
      }
    }
    return Optional.empty();
  }
}
