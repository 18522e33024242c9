package org.lrsweep.config;

/**
 * The experiment's configuration cannot be used. The message names the key, what was expected and
 * what was found.
 */
public final class InvalidConfigException extends RuntimeException {
  public InvalidConfigException(String message) {
    super(message);
  }

  public InvalidConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
