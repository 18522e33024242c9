package org.lrsweep.training.worker;

import java.nio.ByteBuffer;
import java.util.List;
import org.lrsweep.network.KeptRandom;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Engine;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.WorkerPosition;
import org.lrsweep.training.examples.WorkerExamples;

/**
 * An engine in this JVM, without Spark: one worker, on as many native threads as {@link
 * org.lrsweep.acceleration.Acceleration#useThreads} allows. A round gives the bits that the engine
 * on Spark gives with one worker on as many threads. The random numbers of the calling thread go on
 * as if nothing had been trained.
 *
 * <p>Not thread-safe: its runs take turns.
 */
public final class LocalEngine implements Engine {
  private final NetworkSpec network;
  private final WorkerExamples examples;
  private final WorkerPosition position;

  /**
   * @param network what is trained
   * @param examples the whole training set
   * @param seed the seed of dropout
   */
  public LocalEngine(NetworkSpec network, WorkerExamples examples, long seed) {
    this.network = network.withoutSeed();
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
    private final int parameters;
    private final byte[] state;
    private long step;

    LocalRun(TrainingState initial) {
      parameters = initial.parameters().length;
      state = new byte[FlatState.bytes(initial)];
      FlatState.write(initial, state);
      step = initial.step();
    }

    @Override
    public RoundResult train(Round round) {
      WorkerSteps steps =
          KeptRandom.during(
              () ->
                  ReplicaPool.ofThisJvm()
                      .onThreadsAsSet(network, replica -> train(replica, round)));
      step += steps.count();
      return StepReports.merge(List.of(steps), round);
    }

    private WorkerSteps train(Replica replica, Round round) {
      replica.restore(ByteBuffer.wrap(state));
      WorkerSteps steps = replica.train(step, round, examples, position, progress -> {});
      replica.captureInto(state);
      return steps;
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public TrainingState state() {
      return FlatState.toState(state, parameters, step);
    }

    @Override
    public void close() {}
  }
}
