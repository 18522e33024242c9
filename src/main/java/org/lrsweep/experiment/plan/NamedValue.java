package org.lrsweep.experiment.plan;

import java.util.function.Function;
import org.lrsweep.config.InvalidConfigException;

/** What the value of a key stands for. */
final class NamedValue {
  private NamedValue() {}

  /**
   * What a value means.
   *
   * @throws InvalidConfigException with the key, if it means nothing
   */
  static <T, R> R of(String key, T value, Function<T, R> meaning) {
    try {
      return meaning.apply(value);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(key + ": " + e.getMessage(), e);
    }
  }
}
