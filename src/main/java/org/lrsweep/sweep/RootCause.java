package org.lrsweep.sweep;

/** What went wrong at the bottom of a failure, in one line. */
public final class RootCause {
  private RootCause() {}

  /** The innermost cause's type and the first line of its message. */
  public static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElse(cause.getClass().getName());
  }
}
