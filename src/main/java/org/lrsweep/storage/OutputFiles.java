package org.lrsweep.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files below a place that appear whole or not at all, on any Hadoop file system.
 *
 * <p>On a local file system this goes past Hadoop's {@code .crc} side files, which can't be renamed
 * together with their file: a reader in between would see a wrong checksum. Parquet pages carry
 * their own, as checkpoints do.
 *
 * <p>Thread-safe.
 */
public final class OutputFiles {
  private final FileSystem files;
  private final Path root;
  private final boolean local;
  private final StagedFiles staged;

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
    this.local = "file".equals(files.getUri().getScheme());
    this.staged = new StagedFiles(files, root, conf);
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
    staged.removeAbandoned();
  }

  /**
   * Writes a file that must not exist yet.
   *
   * @throws FileAlreadyExistsException if it does
   */
  public void create(Path target, Content content) throws IOException {
    staged.create(target, content);
  }

  /** Writes a file, in one step in place of an older one if there is one. */
  public void replace(Path target, Content content) throws IOException {
    staged.replace(target, content);
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
}
