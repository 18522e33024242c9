package org.lrsweep.training.spark;

/** The fast transport does not work where the run is; the plain one may. */
final class FastWayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FastWayException(String message, Throwable cause) {
    super(message, cause);
  }
}
