package org.lrsweep.training.spark;

/** What a round left on executors can't be had any more; the round can be repeated. */
public final class LostStateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LostStateException(String message) {
    super(message);
  }
}
