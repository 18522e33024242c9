package org.lrsweep.finder;

/** Why a range test stopped before its last step. */
public enum StopReason {
  /** The smoothed loss exceeded the stop factor times the best one. */
  DIVERGED,
  /** The loss was NaN or infinite. */
  NOT_FINITE
}
