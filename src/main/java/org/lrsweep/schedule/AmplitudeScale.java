package org.lrsweep.schedule;

import java.io.Serializable;

/**
 * The factor by which a cycle's amplitude is multiplied: a pure function of the cycle and the step.
 */
@FunctionalInterface
public interface AmplitudeScale extends Serializable {

  /**
   * The factor, usually in [0, 1].
   *
   * @param cycle counted from 1
   * @param step counted from 0 since the start of the run, not of the cycle
   */
  double at(long cycle, long step);
}
