package org.lrsweep.training;

import java.io.Serializable;
import java.util.List;
import org.lrsweep.training.exchange.KeptBytes;

/**
 * What a worker gives to the mean of a round.
 *
 * @param state where its state after the round lies
 * @param examples how many it trained on in the round; its weight, so a worker without any has none
 * @param finite whether all its losses were finite
 */
record Contribution(KeptBytes state, long examples, boolean finite) implements Serializable {

  /** Whether there is a mean to go on from: losses that are finite, and examples to train on. */
  static boolean allowAnotherRound(List<Contribution> workers) {
    return workers.stream().allMatch(Contribution::finite)
        && workers.stream().anyMatch(worker -> worker.examples > 0);
  }

  /** The mean of those who trained, in the workers' order. */
  static Start.OfWorkers mean(List<Contribution> workers) {
    List<Contribution> trained = workers.stream().filter(worker -> worker.examples > 0).toList();
    double total = trained.stream().mapToLong(Contribution::examples).sum();
    float[] weights = new float[trained.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (trained.get(i).examples / total);
    }
    return new Start.OfWorkers(trained.stream().map(Contribution::state).toList(), weights);
  }
}
