package org.lrsweep.testing;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Jars and folders that classes were loaded from, wherever they lie: a URL has %20 for a blank. */
public final class Jars {
  private Jars() {}

  /** Each once, in the order of the classes. */
  public static List<Path> of(Class<?>... types) {
    return Stream.of(types).map(Jars::of).distinct().toList();
  }

  private static Path of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of " + type + " is no URI", e);
    }
  }
}
