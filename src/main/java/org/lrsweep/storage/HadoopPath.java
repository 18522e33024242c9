package org.lrsweep.storage;

import java.nio.file.Paths;
import org.apache.hadoop.fs.Path;

/**
 * The place that a person names: a URI of any Hadoop file system, or a path of this machine.
 *
 * <p>Hadoop itself takes a path without a scheme for one of the default file system, which on a
 * cluster is HDFS: {@code results} would then be another folder than the one that lies here.
 */
public final class HadoopPath {
  private HadoopPath() {}

  /**
   * The place as Hadoop's path; a relative one starts in this process's folder.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Path of(String place) {
    Path path = new Path(place);
    if (path.toUri().getScheme() != null || path.toUri().getAuthority() != null) {
      return path;
    }
    return new Path("file://" + Paths.get(path.toUri().getPath()).toAbsolutePath());
  }

  /** Whether it has no scheme, and so lies on the machine of the process that opens it. */
  public static boolean isLocal(String place) {
    return new Path(place).toUri().getScheme() == null;
  }
}
