package org.lrsweep.report;

/** A report can't be made. The message is one sentence with the cause and the mend. */
public final class ReportException extends RuntimeException {
  ReportException(String message) {
    super(message);
  }

  ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
