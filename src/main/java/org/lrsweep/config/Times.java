package org.lrsweep.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;

/** Times as keys have them: a number and its unit. */
final class Times {
  private Times() {}

  /**
   * A time above zero.
   *
   * @param expected what the key takes
   * @throws InvalidConfigException if it is none
   */
  static Duration positive(String key, String value, String expected) {
    // A bare number would be milliseconds.
    Check.that(!value.isBlank() && !value.matches("[-+.\\d\\s]*"), key, expected, value);
    try {
      Duration time = ConfigFactory.parseMap(Map.of("time", value)).getDuration("time");
      Check.that(!time.isNegative() && !time.isZero(), key, "a time > 0", value);
      return time;
    } catch (ConfigException e) {
      throw new InvalidConfigException(key + " must be " + expected + ", found " + value, e);
    }
  }
}
