package org.lrsweep.ingest;

import java.util.Locale;

/** What was wrong when Spark failed to read: its innermost cause, without the stack of a task. */
final class FailedRead {
  private FailedRead() {}

  static String reason(Throwable failure) {
    Throwable cause = failure;
    String reason = null;
    while (cause != null) {
      String message = cause.getMessage();
      if (message != null && !message.toLowerCase(Locale.ROOT).contains("stage failure")) {
        String line = message.lines().findFirst().orElse("");
        // The outer ones of a read name the file, the inner ones the reason.
        reason = reason == null || reason.contains(line) ? line : reason + " " + line;
      }
      cause = cause.getCause();
    }
    if (reason != null) {
      return reason;
    }
    // Of a task's failure the driver has the text alone.
    return String.valueOf(failure.getMessage())
        .lines()
        .filter(line -> line.startsWith("Caused by: ") || line.contains("Exception: "))
        .map(line -> line.replaceFirst("^.*?Exception: ", ""))
        .reduce((first, last) -> last)
        .orElse(String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason said"));
  }
}
