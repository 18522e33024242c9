package org.lrsweep.curve;

/** A curve's file that cannot be read; the message names the file, what is wrong and the mend. */
public final class CurveFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CurveFileException(String message) {
    super(message);
  }

  CurveFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
