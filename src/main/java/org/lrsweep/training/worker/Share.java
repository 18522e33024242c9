package org.lrsweep.training.worker;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a worker did for a round.
 *
 * @param examples how many it trained on: its weight in the mean, so a worker without any has none
 * @param finite whether all its losses were finite
 */
public record Share(long examples, boolean finite) implements Serializable {

  /** Whether there is a mean to go on from: losses that are finite, and examples to train on. */
  public static boolean allowAnotherRound(List<Share> workers) {
    return workers.stream().allMatch(Share::finite)
        && workers.stream().anyMatch(worker -> worker.examples > 0);
  }

  /** The numbers of those who trained, in order. */
  public static int[] trained(List<Share> workers) {
    return IntStream.range(0, workers.size())
        .filter(worker -> workers.get(worker).examples > 0)
        .toArray();
  }

  /** The parts in the mean of those who trained, in order. */
  public static float[] weights(List<Share> workers) {
    double total = workers.stream().mapToLong(Share::examples).sum();
    int[] trained = trained(workers);
    float[] weights = new float[trained.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (workers.get(trained[i]).examples / total);
    }
    return weights;
  }
}
