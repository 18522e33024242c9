package org.lrsweep.training.spark;

import java.util.List;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;

/**
 * A network in training on Spark: where its rounds have led to, and the next ones from there.
 *
 * <p>Not thread-safe: one thread drives a run. Several runs of one engine may run side by side.
 */
public final class TrainingRun implements EngineRun {
  private final RoundTransport transport;
  private final int workers;

  /**
   * @param workers how many share each batch
   */
  TrainingRun(RoundTransport transport, int workers) {
    this.transport = transport;
    this.workers = workers;
  }

  @Override
  public RoundResult train(Round round) {
    return train(List.of(round)).get(0);
  }

  @Override
  public List<RoundResult> train(List<Round> rounds) {
    rounds.forEach(this::requireEvenShares);
    return transport.train(rounds);
  }

  private void requireEvenShares(Round round) {
    if (round.batchSize() % workers != 0) {
      throw new IllegalArgumentException(
          "A batch of "
              + round.batchSize()
              + " examples can't be shared evenly between "
              + workers
              + " workers");
    }
  }

  @Override
  public long step() {
    return transport.step();
  }

  /**
   * The state after the last round, as a value on the driver; before the first, the one that the
   * run began with. Needed for a checkpoint, an evaluation or the trained network, not from round
   * to round: it may have to travel.
   */
  @Override
  public TrainingState state() {
    return transport.state();
  }

  /** Frees what executors keep for the run. */
  @Override
  public void close() {
    transport.close();
  }
}
