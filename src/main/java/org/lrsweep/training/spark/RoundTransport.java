package org.lrsweep.training.spark;

import java.util.List;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;

/**
 * How the rounds of one run are trained on Spark: in each, every worker trains the round's steps on
 * its own examples, from one state that all begin with, and the next state is the mean of what they
 * come to, weighted by their examples and summed in the workers' order.
 *
 * <p>Begin with {@link PlainTransport}, which is this in Spark's public API. {@link FastTransport}
 * gives the same bits in less time.
 *
 * <p>Not thread-safe: one thread drives a run.
 */
interface RoundTransport extends AutoCloseable {

  /**
   * Trains rounds one after the other, as many of them as it sees fit.
   *
   * @param rounds what would be trained next, at least one; batches are shared evenly
   * @return the results of the first rounds, at least one; the last of them has fewer steps than
   *     its round, or one whose loss is not finite, if training can't sensibly go on
   * @throws IllegalArgumentException if the epoch has no examples left for a step of a round
   */
  List<RoundResult> train(List<Round> rounds);

  /** Updates so far. */
  long step();

  /** The state after the last round; before the first, the one that the run began with. */
  TrainingState state();

  /** Frees what executors keep for the run. */
  @Override
  void close();
}
