package org.lrsweep.results;

/**
 * The output can't be read or written. The message is one sentence that names the file or key, what
 * was found, and the mend.
 */
public final class ResultsException extends RuntimeException {
  ResultsException(String message) {
    super(message);
  }

  ResultsException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What went wrong, for a sentence. */
  static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
