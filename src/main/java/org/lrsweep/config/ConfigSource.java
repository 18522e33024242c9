package org.lrsweep.config;

import java.io.IOException;
import java.util.Optional;

/** An experiment's file, on whatever file system: its text, and the files that it includes. */
public interface ConfigSource {
  /** Its path or URI, as messages name it. */
  String name();

  /**
   * Its text; empty if there is no such file.
   *
   * @throws IOException if it is there and can't be read
   */
  Optional<String> text() throws IOException;

  /**
   * The file that this one includes by a name, which needn't exist.
   *
   * @param include a path relative to this file's folder, an absolute path, or a URI
   * @throws IllegalArgumentException if no file can have this name
   */
  ConfigSource included(String include);
}
