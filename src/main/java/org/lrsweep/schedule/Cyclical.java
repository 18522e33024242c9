package org.lrsweep.schedule;

/** A schedule that climbs from a low learning rate to a high one and comes back. */
public interface Cyclical extends Schedule {

  /**
   * How far a step is up the climb: 0 at the low learning rate, 1 at the high one.
   *
   * @param step 0-based, {@code step >= 0}
   */
  double height(long step);
}
