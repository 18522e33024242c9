package org.lrsweep.training.state;

import java.util.Arrays;
import java.util.List;
import org.lrsweep.training.worker.Share;

/**
 * What a worker gives to the mean of a round.
 *
 * @param state where its state after the round lies
 * @param share what it did for the round
 */
public record Contribution(BlockRef state, Share share) {

  /** The mean of those who trained, in the workers' order. */
  public static StateRef.WorkersMean mean(List<Contribution> workers) {
    List<Share> shares = workers.stream().map(Contribution::share).toList();
    return new StateRef.WorkersMean(
        Arrays.stream(Share.trained(shares)).mapToObj(i -> workers.get(i).state()).toList(),
        Share.weights(shares));
  }
}
