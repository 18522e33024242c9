package org.lrsweep.config;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;

/**
 * Refuses substitutions that nothing stands for. HOCON would take nothing for one with a question
 * mark: a folder below <code>${?HOME}</code> would be one below the root.
 */
final class NoSuchKey implements ConfigResolver {
  private final String file;

  NoSuchKey(String file) {
    this.file = file;
  }

  @Override
  public ConfigValue lookup(String path) {
    throw new InvalidConfigException(
        file
            + ": ${"
            + path
            + "} stands for no key of the experiment, and environment variables are not read; write"
            + " the value, or give it by --set");
  }

  @Override
  public ConfigResolver withFallback(ConfigResolver fallback) {
    return this;
  }
}
