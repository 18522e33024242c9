package org.lrsweep.examples.read;

/** A row can't be an example; the message goes on after the row's name. */
final class UnusableRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableRowException(String message) {
    super(message);
  }

  UnusableRowException(String message, Throwable cause) {
    super(message, cause);
  }
}
