package org.lrsweep.training;

import java.util.List;

/**
 * Trains a network in this JVM, without Spark: one worker, on as many native threads as {@link
 * org.lrsweep.acceleration.Acceleration#useThreads} allows. A round gives the bits that {@link
 * RoundEngine} gives with one worker on as many threads.
 *
 * <p>Not thread-safe: its runs take turns.
 */
public final class LocalEngine implements Engine {
  private final Replica replica;
  private final WorkerExamples examples;
  private final WorkerPosition position;

  /**
   * @param network what is trained
   * @param examples the whole training set
   * @param seed the seed of dropout
   */
  public LocalEngine(NetworkSpec network, WorkerExamples examples, long seed) {
    replica = new Replica(network);
    this.examples = examples;
    position = new WorkerPosition(0, 1, seed);
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public EngineRun start(TrainingState initial) {
    return new LocalRun(initial);
  }

  @Override
  public void close() {}

  private final class LocalRun implements EngineRun {
    private TrainingState state;

    LocalRun(TrainingState initial) {
      state = initial;
    }

    @Override
    public RoundResult train(Round round) {
      WorkerResult result = replica.train(state, round, examples, position, step -> {});
      Averaging.Outcome outcome = Averaging.average(List.of(result), round);
      state = outcome.state();
      return outcome.result();
    }

    @Override
    public long step() {
      return state.step();
    }

    @Override
    public TrainingState state() {
      return state;
    }

    @Override
    public void close() {}
  }
}
