package org.lrsweep.sweep;

/** A sweep broke off for a reason that is no trial's own; no trial was recorded as failed by it. */
public final class SweepBrokenException extends RuntimeException {
  SweepBrokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
