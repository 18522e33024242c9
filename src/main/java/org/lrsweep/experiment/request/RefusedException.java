package org.lrsweep.experiment.request;

import java.util.function.Supplier;

/** What the user asked for can't be done, and nothing was trained; the message says the mend. */
public final class RefusedException extends RuntimeException {
  public RefusedException(String message) {
    super(message);
  }

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Makes something of what the user asked for.
   *
   * @throws RefusedException instead of its IllegalArgumentException
   */
  public static <T> T unlessValid(Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage(), e);
    }
  }

  /** The same; the message begins with the option or key that it is about. */
  public static <T> T unlessValid(String about, Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(about + ": " + e.getMessage(), e);
    }
  }
}
