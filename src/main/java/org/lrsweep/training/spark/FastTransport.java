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
import org.lrsweep.training.state.StateRef;
import org.lrsweep.training.worker.FlatState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Training on Spark by jobs of several rounds, with states that stay with the workers.
 *
 * <p>Rounds that are asked for together are trained by one job, as many as take about sixteen
 * seconds. From round to round the state stays on the executors: each worker stores what it came
 * to, and reads what the others have stored. {@link #state} brings it to the driver. If executors
 * are lost with what they stored, the run goes back to the newest state that is to be had and
 * repeats the jobs since, which gives the same bits: one of them as long as one of its executors is
 * left. Where a state lies on one executor alone, the driver takes a copy after each job.
 */
final class FastTransport implements CopiedTransport {
  private static final Logger LOG = LoggerFactory.getLogger(FastTransport.class);

  /** Rounds repeated at most if every executor is lost at once. */
  private static final int ROUNDS_WITHOUT_COPY = 100;

  private static final int ATTEMPTS = 4;

  private final RoundJobs jobs;
  private final RoundsPerJob roundsPerJob;
  private final int parameters;

  /** A state that the driver has. */
  private TrainingState copy;

  /** The rounds of the jobs that led from there to the position. */
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
   * @param job the number of the last job, repetitions counted
   * @param start the state that the next one begins from
   * @param step updates before that
   * @param rounds rounds before that
   * @param holders the JVMs that trained the last job; none if the driver has its result
   * @param stepBefore updates before the last job
   */
  private record Position(
      int job, StateRef start, long step, long rounds, List<Holder> holders, long stepBefore) {}

  FastTransport(RunContext run, TrainingState initial, RoundPace pace) {
    jobs = new RoundJobs(run, FlatState.bytes(initial));
    roundsPerJob = new RoundsPerJob(pace, jobs::canRunMultiRoundJobs);
    parameters = initial.parameters().length;
    copy = initial;
    position = new Position(0, jobs.given(initial), initial.step(), 0, List.of(), 0);
  }

  @Override
  public List<RoundResult> train(List<Round> rounds) {
    results.clear();
    roundsBefore = position.rounds();
    pending.add(List.copyOf(rounds.subList(0, roundsPerJob.next(rounds.size()))));
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
  public TrainingState copy() {
    return copy;
  }

  @Override
  public void close() {
    jobs.close();
  }

  private void trainPending() {
    while (!pending.isEmpty()) {
      List<Round> asked = pending.poll();
      int count = roundsPerJob.next(asked.size());
      List<Round> job = asked.subList(0, count);
      if (count < asked.size()) {
        pending.addFirst(asked.subList(count, asked.size()));
      }
      List<RoundResult> trained;
      try {
        trained = advance(job);
      } catch (LostStateException e) {
        pending.addFirst(job);
        throw e;
      }
      sinceCopy.add(job.subList(0, trained.size()));
      boolean barrierBroke =
          trained.size() < job.size() && trained.get(trained.size() - 1).finite();
      if (barrierBroke) {
        LOG.info("The barrier broke after {} of {} rounds", trained.size(), job.size());
        roundsPerJob.barrierBroke();
        pending.addFirst(job.subList(trained.size(), job.size()));
      }
    }
  }

  private List<RoundResult> advance(List<Round> rounds) {
    int number = position.job() + 1;
    List<WorkerResult> workers = jobs.train(number, position.start(), position.step(), rounds);
    List<RoundResult> trained = WorkerResult.merge(workers, rounds);
    roundsPerJob.took(
        workers.stream().mapToLong(WorkerResult::nanos).max().orElseThrow(), trained.size());
    StateRef next = jobs.mean(number + 1, workers);
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
          throw new FastWayException(
              "states were lost %s times in a row, the last: %s"
                  .formatted(ATTEMPTS, e.getMessage()),
              e);
        }
        LOG.warn(
            "A state was lost, with its executor or its block, and is trained anew: {}",
            e.getMessage());
        // Alone in its job, a task that fails makes Spark say why.
        roundsPerJob.barrierBroke();
        goBack();
      }
    }
  }

  /** To the start of the last job if an executor still has it, or else to the driver's copy. */
  private void goBack() {
    Optional<TrainingState> start = startOfLastJob();
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
        new Position(position.job() + 1, jobs.given(copy), copy.step(), roundsOfCopy, List.of(), 0);
  }

  /** Empty too if the driver has the last job's result. */
  private Optional<TrainingState> startOfLastJob() {
    if (sinceCopy.isEmpty()) {
      return Optional.empty();
    }
    for (Holder holder : position.holders()) {
      Optional<TrainingState> start =
          jobs.startStoredBy(holder, position.job())
              .map(flat -> FlatState.toState(flat, parameters, position.stepBefore()));
      if (start.isPresent()) {
        return start;
      }
    }
    return Optional.empty();
  }
}
