package org.lrsweep.training.state;

/** The other workers have gone on without this one, as a rule a second attempt. */
public final class TooLateException extends ExchangeException {
  private static final long serialVersionUID = 1;

  TooLateException() {
    super("The other workers have gone on without this one", null);
  }
}
