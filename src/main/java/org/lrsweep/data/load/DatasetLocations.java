package org.lrsweep.data.load;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.lrsweep.data.idx.FashionMnist;

/**
 * Where Fashion-MNIST is looked for when no directory is named, in this order.
 *
 * @param environmentDirectory what FASHION_MNIST_DIR names, if it is set
 * @param cache the directory that downloads are kept in
 * @param publisher the URI, ending in a slash, under which the four .gz files are published
 */
public record DatasetLocations(Optional<Path> environmentDirectory, Path cache, URI publisher) {

  static final String DIRECTORY_VARIABLE = "FASHION_MNIST_DIR";

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  /** The locations for this process's environment and user. */
  public static DatasetLocations ofProcess() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /**
   * The locations for an environment: the cache is in $XDG_CACHE_HOME if that is an absolute path,
   * else in .cache in the home directory, or in the folder for temporary files where the user has
   * no home: Java then says "?".
   */
  public static DatasetLocations of(Map<String, String> environment, Path home) {
    Optional<Path> directory =
        Optional.ofNullable(environment.get(DIRECTORY_VARIABLE))
            .filter(Predicate.not(String::isBlank))
            .map(Path::of);
    Path caches =
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElse(home.isAbsolute() ? home.resolve(".cache") : TEMPORARY);
    return new DatasetLocations(
        directory, caches.resolve("lrsweep").resolve(FashionMnist.NAME), FashionMnist.PUBLISHER);
  }
}
