package org.lrsweep.training.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.state.BlockRef;
import org.lrsweep.training.state.Contribution;
import org.lrsweep.training.worker.StepReports;
import org.lrsweep.training.worker.WorkerSteps;

/**
 * What one worker of a job sends back.
 *
 * @param state where its replica's state after the last round lies
 * @param rounds what it trained, round by round
 * @param nanos from the beginning of the first round to the end of the last, without the way there:
 *     waiting for a slot, or for workers that have none
 */
public record WorkerResult(BlockRef state, ArrayList<WorkerSteps> rounds, long nanos)
    implements Serializable {

  /** The last round that it trained. */
  WorkerSteps last() {
    return rounds.get(rounds.size() - 1);
  }

  /** Where it stands in its last round's mean. */
  Contribution contribution() {
    return new Contribution(state, last().share());
  }

  /**
   * A report of each round that the workers trained.
   *
   * @throws LostStateException if they did not train the same rounds
   * @throws IllegalArgumentException as {@link StepReports#merge}
   */
  static List<RoundResult> merge(List<WorkerResult> workers, List<Round> rounds) {
    int trained = workers.get(0).rounds().size();
    if (workers.stream().anyMatch(worker -> worker.rounds().size() != trained)) {
      throw new LostStateException("the workers trained different numbers of rounds");
    }
    List<RoundResult> results = new ArrayList<>(trained);
    for (int i = 0; i < trained; i++) {
      int round = i;
      results.add(
          StepReports.merge(
              workers.stream().map(worker -> worker.rounds().get(round)).toList(), rounds.get(i)));
    }
    return results;
  }

  static WorkerResult of(BlockRef state, List<WorkerSteps> rounds, long nanos) {
    return new WorkerResult(state, new ArrayList<>(rounds), nanos);
  }
}
