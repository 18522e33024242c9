package org.lrsweep.training;

/** What a round left on executors can't be had any more; the round can be repeated. */
final class LostStateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LostStateException(String message) {
    super(message);
  }
}
