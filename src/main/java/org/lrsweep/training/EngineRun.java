package org.lrsweep.training;

import java.util.List;
import org.lrsweep.network.TrainingState;

/**
 * A network in training: where its rounds have led to, and the next round from there.
 *
 * <p>Not thread-safe: one thread drives a run.
 */
public interface EngineRun extends AutoCloseable {

  /** Rounds to ask for at once where any of them may turn out to be the last that is wanted. */
  int ROUNDS_AT_ONCE = 50;

  /**
   * Trains one round.
   *
   * @throws IllegalArgumentException if the batch can't be shared evenly between the workers, or
   *     the epoch has no examples left for a step of the round
   */
  RoundResult train(Round round);

  /**
   * Trains rounds one after the other, as many of them at once as the engine sees fit. The bits are
   * the same as if each were asked for by itself.
   *
   * @param rounds what would be trained next, at least one
   * @return the results of the first rounds, at least one; the last of them has fewer steps than
   *     its round, or one whose loss is not finite, if training can't sensibly go on
   * @throws IllegalArgumentException as {@link #train(Round)}
   */
  default List<RoundResult> train(List<Round> rounds) {
    return List.of(train(rounds.get(0)));
  }

  /** Updates so far. */
  long step();

  /** The state after the last round; before the first, the one that the run began with. */
  TrainingState state();

  @Override
  void close();
}
