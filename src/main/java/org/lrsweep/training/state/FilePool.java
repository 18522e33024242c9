package org.lrsweep.training.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * Files of one folder that states are written to, used again and again: to write over a file's
 * pages in the cache takes half as long as to fill new ones. What is written gets a second name,
 * for whoever keeps it; when that is gone, whoever deleted it, the file is free.
 *
 * <p>There are never more files than have been kept at once.
 *
 * <p>Thread-safe.
 */
final class FilePool {
  private final Path folder;
  private final Deque<Path> free = new ArrayDeque<>();
  private final List<Path> used = new ArrayList<>();

  FilePool(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a file.
   *
   * @return its second name, in the folder too, to be renamed or deleted
   * @throws IOException if it can't be written
   * @throws UnsupportedOperationException if the file system doesn't count a file's names
   */
  Path write(Source content) throws IOException {
    Path file = take();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      channel.truncate(content.length());
      Path name = Files.createLink(newPath(), file);
      requireTwoNames(file, name);
      giveBack(file);
      return name;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Where names aren't counted, a file that somebody keeps would be written over. */
  private static void requireTwoNames(Path file, Path name) throws IOException {
    int names = names(file);
    if (names != 2) {
      Files.delete(name);
      throw new UnsupportedOperationException(
          "%s must have 2 names, but the file system counts %s".formatted(file, names));
    }
  }

  private Path newPath() {
    return folder.resolve("lrsweep-" + UUID.randomUUID());
  }

  private synchronized Path take() throws IOException {
    if (free.isEmpty()) {
      reclaim();
    }
    return free.isEmpty() ? newPath() : free.pop();
  }

  private void reclaim() throws IOException {
    for (Iterator<Path> files = used.iterator(); files.hasNext(); ) {
      Path file = files.next();
      try {
        if (names(file) == 1) {
          files.remove();
          free.add(file);
        }
      } catch (NoSuchFileException e) {
        files.remove();
      }
    }
  }

  private static int names(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:nlink");
  }

  private synchronized void giveBack(Path file) {
    used.add(file);
  }
}
