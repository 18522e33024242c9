package org.lrsweep.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;

/** Where a value was written, and how: for messages. */
final class Origins {
  private Origins() {}

  /** File and line, as {@code my.conf: 3}, or the setting of the command line. */
  static String of(ConfigValue value) {
    return of(value.origin().description());
  }

  private static String of(String description) {
    return description.startsWith("--set ") && description.endsWith(": 1")
        ? description.substring(0, description.length() - ": 1".length())
        : description;
  }

  /** The value as JSON. */
  static String shown(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
