package org.lrsweep.training.exchange;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Files that states are written to, used again and again: to write over a file's pages in the cache
 * takes half as long as to fill new ones. What is written gets a second name, for whoever keeps it;
 * when that is gone, whoever deleted it, the file is free.
 *
 * <p>There are never more files than have been kept at once.
 *
 * <p>Thread-safe.
 */
final class FilePool {
  private final Supplier<Path> newPath;
  private final Deque<Path> free = new ArrayDeque<>();
  private final List<Path> used = new ArrayList<>();

  /**
   * @param newPath gives paths of one file system that no file has
   */
  FilePool(Supplier<Path> newPath) {
    this.newPath = newPath;
  }

  /**
   * Writes a file.
   *
   * @return its second name, to be renamed or deleted
   * @throws IOException if it can't be written
   * @throws UnsupportedOperationException if the file system has no hard links
   */
  Path write(Source content) throws IOException {
    Path file = take();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      channel.truncate(content.length());
    }
    Path name = newPath.get();
    Files.createLink(name, file);
    giveBack(file);
    return name;
  }

  private synchronized Path take() throws IOException {
    if (free.isEmpty()) {
      reclaim();
    }
    return free.isEmpty() ? newPath.get() : free.pop();
  }

  private void reclaim() throws IOException {
    for (Iterator<Path> files = used.iterator(); files.hasNext(); ) {
      Path file = files.next();
      if (names(file) == 1) {
        files.remove();
        free.add(file);
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
