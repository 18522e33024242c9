package org.lrsweep.config;

/**
 * The experiment's configuration cannot be used. The message names the key, what was expected and
 * what was found; passwords in URIs are masked.
 */
public final class InvalidConfigException extends RuntimeException {
  public InvalidConfigException(String message) {
    super(Secrets.masked(message));
  }

  /** A cause whose message has a password in it is left out. */
  public InvalidConfigException(String message, Throwable cause) {
    super(Secrets.masked(message), Secrets.isIn(String.valueOf(cause)) ? null : cause);
  }
}
