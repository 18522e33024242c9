package org.lrsweep.testing;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system of a process that is to die, to run out of space, or to lose it, at a
 * certain moment: with {@code spark.hadoop.fs.file.impl} it takes the real one's place.
 *
 * <p>{@code fault.at} is a regular expression of the path that a file is renamed to; {@code
 * fault.count} the rename at which it strikes, from 1; {@code fault.kind}:
 *
 * <ul>
 *   <li>{@code kill-before}: SIGKILL with the new file written but not yet renamed;
 *   <li>{@code kill-after}: SIGKILL right after the rename;
 *   <li>{@code full}: from then on nothing can be created, as on a full disk;
 *   <li>{@code gone}: from then on every operation fails, as on a mount that has lost its server;
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
    private static volatile boolean gone;

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
      refuseIfGone();
      return kind.equals("tiny") ? new FsStatus(1024, 0, 1024) : super.getStatus(path);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      refuseIfGone();
      boolean strikes = at.matcher(to.toUri().getPath()).find() && SEEN.incrementAndGet() == count;
      if (strikes && kind.equals("full")) {
        full = true;
        throw noSpace();
      }
      if (strikes && kind.equals("gone")) {
        gone = true;
        refuseIfGone();
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
      refuseIfFull();
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
      refuseIfFull();
      return super.create(
          file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream append(Path file, int bufferSize, Progressable progress)
        throws IOException {
      refuseIfFull();
      return super.append(file, bufferSize, progress);
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
      refuseIfGone();
      return super.open(file, bufferSize);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      refuseIfGone();
      return super.delete(path, recursive);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      refuseIfGone();
      return super.listStatus(path);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      refuseIfGone();
      return super.getFileStatus(path);
    }

    @Override
    public boolean mkdirs(Path folder) throws IOException {
      refuseIfGone();
      return super.mkdirs(folder);
    }

    @Override
    public boolean mkdirs(Path folder, FsPermission permission) throws IOException {
      refuseIfGone();
      return super.mkdirs(folder, permission);
    }

    private static void refuseIfGone() throws IOException {
      if (gone) {
        throw new IOException("Input/output error");
      }
    }

    private static void refuseIfFull() throws IOException {
      refuseIfGone();
      if (full) {
        throw noSpace();
      }
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
