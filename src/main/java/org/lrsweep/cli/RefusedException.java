package org.lrsweep.cli;

/** What the user asked for can't be done, and nothing was trained; the message says the mend. */
final class RefusedException extends RuntimeException {
  RefusedException(String message) {
    super(message);
  }

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
