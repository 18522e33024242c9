package org.lrsweep.data.idx;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.lrsweep.storage.HadoopPath;

/**
 * Opens files by URI on any file system that Hadoop knows; a path without a scheme is one of this
 * machine.
 */
public final class HadoopFiles {

  private final Configuration configuration;

  /**
   * Makes an opener for a configuration.
   *
   * @param configuration where the file systems and their credentials are configured; on Spark, the
   *     context's Hadoop configuration
   */
  public HadoopFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  boolean isFile(String directory, String file) throws IOException {
    Path path = path(directory, file);

    try {
      return fileSystem(path).getFileStatus(path).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * The names in a directory, sorted, a slash after those of directories. None if there is no such
   * directory, or if its file system knows files by name only, as HTTP does.
   */
  List<String> names(String directory) throws IOException {
    // Of any file in it, so that odd directories are refused in one way.
    Path path = path(directory, "any").getParent();

    try {
      return Arrays.stream(fileSystem(path).listStatus(path))
          .map(file -> file.getPath().getName() + (file.isDirectory() ? "/" : ""))
          .sorted()
          .toList();
    } catch (FileNotFoundException | UnsupportedOperationException e) {
      return List.of();
    }
  }

  InputStream open(String directory, String file) throws IOException {
    Path path = path(directory, file);
    return fileSystem(path).open(path);
  }

  /** Creates or replaces a file, and the directories above it. */
  public OutputStream create(String directory, String file) throws IOException {
    Path path = path(directory, file);
    return fileSystem(path).create(path);
  }

  /** Hadoop says with an unchecked exception that a URI's host is unknown. */
  private FileSystem fileSystem(Path path) throws IOException {
    try {
      return path.getFileSystem(configuration);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Path path(String directory, String file) throws IOException {
    try {
      return new Path(HadoopPath.of(directory), file);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a path or URI: " + e.getMessage(), e);
    }
  }
}
