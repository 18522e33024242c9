package org.lrsweep.training.state;

/** A worker can't get from the others what it needs to go on. */
public abstract sealed class ExchangeException extends Exception
    permits LostBlockException, TooLateException {
  private static final long serialVersionUID = 1;

  ExchangeException(String message, Throwable cause) {
    super(message, cause);
  }
}
