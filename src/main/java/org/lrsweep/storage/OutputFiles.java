package org.lrsweep.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Files that appear whole or not at all: each is written under a hidden name in the output's root,
 * where no reader of a table looks, and renamed into its place.
 *
 * <p>On a local file system this goes past Hadoop's {@code .crc} side files, which can't be renamed
 * together with their file: a reader in between would see a wrong checksum. Parquet pages carry
 * their own, as checkpoints do.
 *
 * <p>S3A publishes a file when its stream is closed, and copies where others rename: there a file
 * is written in its place at once.
 *
 * <p>Thread-safe.
 */
public final class OutputFiles {
  private static final String STAGED = ".staged-";

  /** Local renames replace their target, so looking for it and renaming must be one step. */
  private static final ReentrantLock PUBLISHING = new ReentrantLock();

  private final FileSystem files;
  private final Path root;
  private final Configuration conf;
  private final boolean local;
  private final boolean appearsOnClose;

  /**
   * The files below a place, which needn't exist yet.
   *
   * @param output a path on this machine, or a URI of any Hadoop file system
   * @throws IOException if no file system answers to it
   * @throws IllegalArgumentException if it is no path
   */
  public OutputFiles(String output, Configuration conf) throws IOException {
    Path path = HadoopPath.of(output);
    FileSystem found = path.getFileSystem(conf);
    this.files =
        found instanceof LocalFileSystem checksummed ? checksummed.getRawFileSystem() : found;
    this.root = files.makeQualified(path);
    this.conf = conf;
    this.local = "file".equals(files.getUri().getScheme());
    this.appearsOnClose = "s3a".equals(files.getUri().getScheme());
  }

  /** The place itself, fully qualified. */
  public Path root() {
    return root;
  }

  /** A path below the root. */
  public Path path(String relative) {
    return new Path(root, relative);
  }

  /**
   * Creates the output's root and removes what a crash left in it more than a day ago.
   *
   * @throws IOException if files can't be created, written or deleted there
   */
  public void prepare() throws IOException {
    Path probe = stagedPath();

    try (OutputStream out = files.create(probe, false)) {
      out.write(0);
    } finally {
      files.delete(probe, false);
    }

    long dayAgo = System.currentTimeMillis() - Duration.ofDays(1).toMillis();

    for (FileStatus file : files.listStatus(root)) {
      if (file.getPath().getName().startsWith(STAGED) && file.getModificationTime() < dayAgo) {
        files.delete(file.getPath(), false);
      }
    }
  }

  /**
   * Writes a file that must not exist yet.
   *
   * @throws FileAlreadyExistsException if it does
   */
  public void create(Path target, Content content) throws IOException {
    if (appearsOnClose) {
      if (files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      writeInPlace(target, content);
      return;
    }
    publish(target, content, this::moveToFree);
  }

  /** Writes a file, in one step in place of an older one if there is one. */
  public void replace(Path target, Content content) throws IOException {
    if (appearsOnClose) {
      writeInPlace(target, content);
      return;
    }
    publish(target, content, this::moveOver);
  }

  /** A file's bytes. */
  public byte[] read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  /**
   * Reads a file as a stream, so that it may be larger than an array can be.
   *
   * @param reading what is done with the stream, and with the file's length in bytes
   */
  public <T> T read(Path file, Reading<T> reading) throws IOException {
    long length = files.getFileStatus(file).getLen();
    try (InputStream in = files.open(file)) {
      return reading.of(in, length);
    }
  }

  /** What is made of a file. */
  @FunctionalInterface
  public interface Reading<T> {
    T of(InputStream in, long length) throws IOException;
  }

  /** What a folder holds; nothing if it isn't there. */
  public List<FileStatus> list(Path folder) throws IOException {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Deletes a file, or a folder with all it holds; neither needs to be there. */
  public void delete(Path path) throws IOException {
    files.delete(path, true);
  }

  /** Deletes a folder that holds nothing; one that holds something stays. */
  public void deleteIfEmpty(Path folder) throws IOException {
    try {
      if (list(folder).isEmpty()) {
        files.delete(folder, false);
      }
    } catch (IOException e) {
      if (list(folder).isEmpty()) {
        throw e;
      } // else something has come since
    }
  }

  /** Bytes that may still be written here, as far as the file system says. */
  public long remaining() throws IOException {
    return files.getStatus(root).getRemaining();
  }

  /**
   * Creates a small file unless it is there already, in one step even between processes; a reader
   * may see it empty for a moment. (On object stores two creators within the same moment may both
   * succeed.)
   *
   * @return whether it was this call that created it
   */
  public boolean claim(Path target, byte[] bytes) throws IOException {
    files.mkdirs(target.getParent());
    if (local) {
      // Hadoop's local create looks first and creates then.
      try {
        Files.write(Paths.get(target.toUri().getPath()), bytes, StandardOpenOption.CREATE_NEW);
        return true;
      } catch (java.nio.file.FileAlreadyExistsException e) {
        return false;
      }
    }
    try (OutputStream out = files.create(target, false)) {
      out.write(bytes);
      return true;
    } catch (IOException e) {
      if (files.exists(target)) {
        return false;
      }
      throw e;
    }
  }

  private void writeInPlace(Path target, Content content) throws IOException {
    // Closing would publish what a failure has left unfinished, so nothing may fail in between.
    java.nio.file.Path whole = Files.createTempFile("lrsweep-", ".upload");
    try {
      try (OutputStream out = Files.newOutputStream(whole)) {
        content.writeTo(out);
      }
      try (OutputStream out = files.create(target, true)) {
        Files.copy(whole, out);
      }
    } finally {
      Files.delete(whole);
    }
  }

  private void publish(Path target, Content content, Move move) throws IOException {
    Path staged = stagedPath();

    try {
      try (OutputStream out = files.create(staged, false)) {
        content.writeTo(out);
      }

      files.mkdirs(target.getParent());
      PUBLISHING.lock();

      try {
        move.move(staged, target);
      } finally {
        PUBLISHING.unlock();
      }
    } finally {
      files.delete(staged, false);
    }
  }

  private Path stagedPath() {
    return new Path(root, STAGED + UUID.randomUUID());
  }

  private void moveToFree(Path staged, Path target) throws IOException {
    if (files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }

    rename(staged, target);
  }

  private void moveOver(Path staged, Path target) throws IOException {
    if (local) {
      // POSIX's rename replaces a file in one step; FileContext's local one is two.
      rename(staged, target);
      return;
    }

    URI uri = files.getUri();

    try {
      FileContext.getFileContext(uri, conf).rename(staged, target, Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      // A file system that can't replace in one step: without the file for a moment.
      files.delete(target, false);
      rename(staged, target);
    }
  }

  private void rename(Path staged, Path target) throws IOException {
    if (!files.rename(staged, target)) {
      // Where renames don't replace, this is how another process's file shows.
      throw files.exists(target)
          ? new FileAlreadyExistsException(target.toString())
          : new IOException("could not rename " + staged + " to " + target);
    }
  }

  @FunctionalInterface
  private interface Move {
    void move(Path staged, Path target) throws IOException;
  }
}
