package org.lrsweep.training;

/**
 * A network in training: the state that its rounds have led to, and the next round from there.
 *
 * <p>Where that state lies is the run's own business; {@link #state} brings it to the driver.
 *
 * <p>Not thread-safe: one thread drives a run. Several runs of one engine take turns or run side by
 * side.
 */
public final class TrainingRun implements EngineRun {
  private final RoundEngine engine;
  private TrainingState state;

  TrainingRun(RoundEngine engine, TrainingState initial) {
    this.engine = engine;
    state = initial;
  }

  /**
   * Trains one round.
   *
   * @throws IllegalArgumentException if the batch can't be shared evenly between the workers, or
   *     the epoch has no examples left for a step of the round
   */
  @Override
  public RoundResult train(Round round) {
    Averaging.Outcome outcome = engine.train(state, round);
    state = outcome.state();
    return outcome.result();
  }

  /** Updates so far, without bringing the state to the driver. */
  @Override
  public long step() {
    return state.step();
  }

  /**
   * The state after the last round, as a value on the driver; before the first, the one that the
   * run began with. Needed for a checkpoint, an evaluation or the trained network, not from round
   * to round: it may have to travel.
   */
  @Override
  public TrainingState state() {
    return state;
  }

  /** Frees what executors keep for the run. */
  @Override
  public void close() {}
}
