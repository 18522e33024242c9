package org.lrsweep.export.mlflow;

/** A tracking server that is not there, is too slow, or refuses. Its message is one sentence. */
public final class MlflowException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether the same request may succeed a moment later. */
  private final boolean passing;

  private MlflowException(String message, Throwable cause, boolean passing) {
    super(message, cause);
    this.passing = passing;
  }

  static MlflowException passing(String message, Throwable cause) {
    return new MlflowException(message, cause, true);
  }

  static MlflowException lasting(String message, Throwable cause) {
    return new MlflowException(message, cause, false);
  }

  boolean isPassing() {
    return passing;
  }
}
