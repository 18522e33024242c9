package org.lrsweep.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.lrsweep.storage.OutputFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's hold on a run. It is a file {@code lock-<n>} that says which process, and that the
 * process writes anew every few seconds. Who finds the highest one's process dead takes the run by
 * creating {@code lock-<n+1>}; creating a file succeeds for one of several only.
 *
 * <p>A process is dead if it was on this machine and is gone, or if its file is older than a minute
 * by the file system's own clock. A host's name says nothing of which machine it is: many are
 * called localhost, and containers share the machine but not its process ids ({@link Machine}).
 */
public final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
  private static final String PREFIX = "lock-";
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration DEAD_AFTER = Duration.ofSeconds(60);
  private static final int WORDS = 5;

  private final OutputFiles files;
  private final Path folder;
  private final int ownNumber;
  private final Path own;
  private final byte[] text;
  private final Timer heart = new Timer("run-lock", true);
  private boolean released;

  private RunLock(OutputFiles files, Path folder, int ownNumber, byte[] text) {
    this.files = files;
    this.folder = folder;
    this.ownNumber = ownNumber;
    own = new Path(folder, PREFIX + ownNumber);
    this.text = text;
    heart.schedule(
        new TimerTask() {
          @Override
          public void run() {
            beat();
          }
        },
        HEARTBEAT.toMillis(),
        HEARTBEAT.toMillis());
  }

  static RunLock take(OutputFiles files, Path folder) {
    byte[] text = thisProcess().getBytes(StandardCharsets.UTF_8);
    try {
      while (true) {
        Optional<FileStatus> highest = highest(files, folder);
        if (highest.isPresent()) {
          refuseIfHeld(files, folder, highest.get());
        }
        // One above what was judged: to look again could find one that has come since.
        Path own = new Path(folder, PREFIX + (highest.map(RunLock::number).orElse(0) + 1));
        if (files.claim(own, text)) {
          if (isAlone(files, folder, own)) {
            return new RunLock(files, folder, number(own), text);
          }
          files.delete(own);
        }
      }
    } catch (IOException e) {
      throw new CheckpointException(folder, "locked", e);
    }
  }

  private static void refuseIfHeld(OutputFiles files, Path folder, FileStatus lock)
      throws IOException {
    Optional<String> holder = holder(files, lock, () -> now(files, folder));
    if (holder.isPresent()) {
      throw new RunIsHeldException(holder.get());
    }
  }

  /**
   * Whether no other lock is a live process's. One may have come where a run was let go of and
   * taken anew since this process looked; who sees another steps back.
   */
  private static boolean isAlone(OutputFiles files, Path folder, Path own) throws IOException {
    for (FileStatus lock : files.list(folder)) {
      boolean isOther = isLock(lock) && number(lock) != number(own);
      if (isOther && holder(files, lock, () -> now(files, folder)).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Which live process holds the run, and when it was last seen; empty if none does.
   *
   * @param clock what the time is, in milliseconds
   */
  static Optional<String> holder(OutputFiles files, Path folder, LongSupplier clock) {
    try {
      Optional<FileStatus> highest = highest(files, folder);
      return highest.isEmpty() ? Optional.empty() : holder(files, highest.get(), clock);
    } catch (IOException e) {
      throw new CheckpointException(folder, "looked into", e);
    }
  }

  private static Optional<String> holder(OutputFiles files, FileStatus lock, LongSupplier clock)
      throws IOException {
    try {
      String text = new String(files.read(lock.getPath()), StandardCharsets.UTF_8);
      String[] words = text.split(" ", -1);
      boolean here = words.length == WORDS && words[3].equals(Machine.ID);
      long age = clock.getAsLong() - lock.getModificationTime();
      boolean alive = here ? isAlive(words) : age < DEAD_AFTER.toMillis();
      return alive ? Optional.of(sentence(words, age)) : Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.empty(); // let go of between looking and reading
    }
  }

  private static String sentence(String[] words, long age) {
    return words.length == WORDS
        ? "process " + words[1] + " on " + words[0] + ", seen " + age / 1000 + " s ago"
        : "another process, seen " + age / 1000 + " s ago";
  }

  /**
   * Host, process id, the instant it started, the machine, and a word that is this lock's alone.
   */
  private static String thisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return String.join(
        " ",
        Machine.hostName(),
        String.valueOf(self.pid()),
        startOf(self),
        Machine.ID,
        UUID.randomUUID().toString());
  }

  private static boolean isAlive(String[] words) {
    return ProcessHandle.of(Long.parseLong(words[1]))
        .filter(process -> startOf(process).equals(words[2]))
        .isPresent();
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("unknown");
  }

  private static Optional<FileStatus> highest(OutputFiles files, Path folder) throws IOException {
    return files.list(folder).stream()
        .filter(RunLock::isLock)
        .max(Comparator.comparingInt(RunLock::number));
  }

  static boolean isLock(FileStatus file) {
    return file.getPath().getName().matches(PREFIX + "\\d{1,9}");
  }

  private static int number(FileStatus lock) {
    return number(lock.getPath());
  }

  private static int number(Path lock) {
    return Integer.parseInt(lock.getName().substring(PREFIX.length()));
  }

  /** The file system's clock, which is the one that dates the locks. */
  private static long now(OutputFiles files, Path folder) {
    Path probe = new Path(folder, "clock-" + UUID.randomUUID());
    try {
      files.claim(probe, new byte[0]);
      try {
        return files.list(folder).stream()
            .filter(file -> file.getPath().getName().equals(probe.getName()))
            .mapToLong(FileStatus::getModificationTime)
            .findFirst()
            .orElseGet(System::currentTimeMillis);
      } finally {
        files.delete(probe);
      }
    } catch (IOException e) {
      throw new CheckpointException(folder, "locked", e);
    }
  }

  private synchronized void beat() {
    if (released) {
      return;
    }
    try {
      files.replace(own, out -> out.write(text));
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} can't be renewed; the next try is in {} s", own, HEARTBEAT.toSeconds(), e);
    }
  }

  /** Lets go of the run. */
  @Override
  public synchronized void close() {
    released = true;
    heart.cancel();
    try {
      for (FileStatus lock : files.list(folder)) {
        if (isLock(lock) && number(lock) < ownNumber) {
          files.delete(lock.getPath());
        }
      }
      files.delete(own);
    } catch (IOException e) {
      LOG.warn("{} can't be deleted; it counts as dead in a minute", own, e);
    }
  }
}
