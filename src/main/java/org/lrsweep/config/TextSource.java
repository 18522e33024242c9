package org.lrsweep.config;

import java.util.Optional;

/** A text in memory, beside which there are no files. */
record TextSource(String name, Optional<String> text) implements ConfigSource {
  @Override
  public ConfigSource included(String include) {
    return new TextSource(include, Optional.empty());
  }
}
