package org.lrsweep.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Files on their way into an output: each is written under a hidden name in the output's root,
 * where no reader of a table looks, and renamed into its place.
 *
 * <p>S3A publishes a file when its stream is closed, and copies where others rename: there a file
 * is written in its place at once.
 *
 * <p>Thread-safe.
 */
final class StagedFiles {
  private static final String STAGED = ".staged-";

  /** Local renames replace their target, so looking for it and renaming must be one step. */
  private static final ReentrantLock PUBLISHING = new ReentrantLock();

  private final FileSystem files;
  private final Path root;
  private final Configuration conf;
  private final boolean local;
  private final boolean appearsOnClose;

  /**
   * @param root fully qualified, of these files
   */
  StagedFiles(FileSystem files, Path root, Configuration conf) {
    this.files = files;
    this.root = root;
    this.conf = conf;
    this.local = "file".equals(files.getUri().getScheme());
    this.appearsOnClose = "s3a".equals(files.getUri().getScheme());
  }

  /** Creates the root and removes what a crash left in it more than a day ago. */
  void removeAbandoned() throws IOException {
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

  /** Writes a file that must not exist yet. */
  void create(Path target, Content content) throws IOException {
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
  void replace(Path target, Content content) throws IOException {
    if (appearsOnClose) {
      writeInPlace(target, content);
      return;
    }
    publish(target, content, this::moveOver);
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
