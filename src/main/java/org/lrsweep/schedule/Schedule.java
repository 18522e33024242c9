package org.lrsweep.schedule;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The learning rate, and where it has one the momentum, of every step of a run.
 *
 * <p>Implementations are immutable and thread-safe, and pure functions of the step.
 */
public interface Schedule extends Serializable {

  /**
   * The learning rate that a step uses.
   *
   * @param step 0-based, {@code step >= 0}
   */
  double learningRate(long step);

  /**
   * The momentum that a step uses; empty where the schedule leaves momentum to the optimizer.
   *
   * @param step 0-based, {@code step >= 0}
   */
  default OptionalDouble momentum(long step) {
    return OptionalDouble.empty();
  }
}
