package org.lrsweep.data;

/**
 * A data set is missing, damaged or not the one that was asked for. The message is one sentence
 * that names the file, what was expected, what was found, and the mend.
 */
public final class InvalidDataException extends RuntimeException {

  public InvalidDataException(String message) {
    super(message);
  }

  public InvalidDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
