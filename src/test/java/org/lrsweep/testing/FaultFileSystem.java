package org.lrsweep.testing;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system of a process that is to die, or to run out of space, at a certain moment:
 * with {@code spark.hadoop.fs.file.impl} it takes the real one's place.
 *
 * <p>{@code fault.at} is a regular expression of the path that a file is renamed to; {@code
 * fault.count} the rename at which it strikes, from 1; {@code fault.kind}:
 *
 * <ul>
 *   <li>{@code kill-before}: SIGKILL with the new file written but not yet renamed;
 *   <li>{@code kill-after}: SIGKILL right after the rename;
 *   <li>{@code full}: from then on nothing can be created, as on a full disk;
 *   <li>{@code tiny}: there is room for a kilobyte, from the beginning.
 * </ul>
 */
public final class FaultFileSystem extends LocalFileSystem {
  public FaultFileSystem() {
    super(new Faulty());
  }

  private static final class Faulty extends RawLocalFileSystem {
    private static final AtomicInteger SEEN = new AtomicInteger();
    private static volatile boolean full;

    private Pattern at;
    private int count;
    private String kind;

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
      super.initialize(uri, conf);
      at = Pattern.compile(conf.get("fault.at", "nowhere at all"));
      count = conf.getInt("fault.count", 1);
      kind = conf.get("fault.kind", "none");
    }

    @Override
    public FsStatus getStatus(Path path) throws IOException {
      return kind.equals("tiny") ? new FsStatus(1024, 0, 1024) : super.getStatus(path);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      boolean strikes = at.matcher(to.toUri().getPath()).find() && SEEN.incrementAndGet() == count;
      if (strikes && kind.equals("full")) {
        full = true;
        throw noSpace();
      }
      if (strikes && kind.equals("kill-before")) {
        die();
      }
      boolean renamed = super.rename(from, to);
      if (strikes && kind.equals("kill-after")) {
        die();
      }
      return renamed;
    }

    @Override
    public FSDataOutputStream create(
        Path file,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      if (full) {
        throw noSpace();
      }
      return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream create(
        Path file,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      if (full) {
        throw noSpace();
      }
      return super.create(
          file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    private static IOException noSpace() {
      return new IOException("No space left on device");
    }

    private static void die() throws IOException {
      new ProcessBuilder("kill", "-KILL", String.valueOf(ProcessHandle.current().pid())).start();
      while (true) {
        Thread.onSpinWait();
      }
    }
  }
}
