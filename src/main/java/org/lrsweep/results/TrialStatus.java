package org.lrsweep.results;

/** How a trial ended. */
public enum TrialStatus {
  COMPLETED,
  /** Its loss became NaN, infinite or far larger than its best. */
  DIVERGED,
  FAILED,
  /** It ended before it was done, by the sweep's limits, and can go on. */
  STOPPED
}
