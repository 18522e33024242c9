package org.lrsweep.training;

/**
 * A network in training: where its rounds have led to, and the next round from there.
 *
 * <p>Not thread-safe: one thread drives a run.
 */
public interface EngineRun extends AutoCloseable {

  /**
   * Trains one round.
   *
   * @throws IllegalArgumentException if the batch can't be shared evenly between the workers, or
   *     the epoch has no examples left for a step of the round
   */
  RoundResult train(Round round);

  /** Updates so far. */
  long step();

  /** The state after the last round; before the first, the one that the run began with. */
  TrainingState state();

  @Override
  void close();
}
