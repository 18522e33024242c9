package org.lrsweep.checkpoint;

/** Another process is at work on the run. The message says which, and since when. */
public final class RunIsHeldException extends RuntimeException {
  RunIsHeldException(String holder) {
    super(holder);
  }
}
