package org.lrsweep.network;

import java.util.function.Supplier;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state of the calling thread's ND4J random generator, kept through work that seeds it.
 * Deeplearning4j does so whenever a network is built, and a round in each step; a caller in the
 * same thread goes on with the numbers that would have come.
 */
public final class KeptRandom {
  private KeptRandom() {}

  /** Does some work, after which the calling thread's generator is as before. */
  public static <R> R during(Supplier<R> work) {
    Random random = Nd4j.getRandom();
    long seed = random.getSeed();
    long rootState = random.rootState();
    long nodeState = random.nodeState();
    try {
      return work.get();
    } finally {
      random.setSeed(seed);
      random.setStates(rootState, nodeState);
    }
  }
}
