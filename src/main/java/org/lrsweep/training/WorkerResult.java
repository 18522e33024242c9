package org.lrsweep.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.training.exchange.KeptBytes;

/**
 * What one worker of a stint sends back.
 *
 * @param state where its replica's state after the last round lies
 * @param rounds what it trained, round by round
 * @param nanos from the beginning of the first round to the end of the last, without the way there:
 *     waiting for a slot, or for workers that have none
 */
record WorkerResult(KeptBytes state, ArrayList<WorkerSteps> rounds, long nanos)
    implements Serializable {

  /** The last round that it trained. */
  WorkerSteps last() {
    return rounds.get(rounds.size() - 1);
  }

  /** Where it stands in its last round's mean. */
  Contribution contribution() {
    return new Contribution(state, last().share());
  }

  static WorkerResult of(KeptBytes state, List<WorkerSteps> rounds, long nanos) {
    return new WorkerResult(state, new ArrayList<>(rounds), nanos);
  }
}
