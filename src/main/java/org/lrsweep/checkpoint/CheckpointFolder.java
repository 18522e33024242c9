package org.lrsweep.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.lrsweep.storage.OutputFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints as files of a folder, named by their steps. Each appears whole or not at all; the
 * last two are kept, so that one which the disk has spoilt costs a round and not the run.
 */
final class CheckpointFolder implements Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final String SUFFIX = ".ckpt";
  private static final int KEPT = 2;

  private final OutputFiles files;
  private final Path folder;
  private final CheckpointInterval interval;
  private final LongSupplier clock;
  private long lastSaved;
  private long lastNanos;

  /**
   * @param clock nanoseconds since any moment
   */
  CheckpointFolder(
      OutputFiles files, Path folder, CheckpointInterval interval, LongSupplier clock) {
    this.files = files;
    this.folder = folder;
    this.interval = interval;
    this.clock = clock;
    lastNanos = clock.getAsLong();
  }

  @Override
  public Optional<Snapshot> latest() {
    for (Path file : newestFirst()) {
      try {
        Snapshot snapshot = files.read(file, CheckpointFormat::read);
        lastSaved = stepOf(file);
        LOG.info("Going on from {}", file);
        return Optional.of(snapshot);
      } catch (DamagedCheckpointException e) {
        LOG.warn("{} is damaged: {}; trying the one before it", file, e.getMessage());
      } catch (IOException e) {
        throw new CheckpointException(file, "read", e);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean due(long step) {
    return interval.isOver(step - lastSaved, Duration.ofNanos(clock.getAsLong() - lastNanos));
  }

  @Override
  public void save(long step, Snapshot snapshot) {
    Path file = new Path(folder, String.format(Locale.ROOT, "%012d", step) + SUFFIX);
    long start = System.nanoTime();
    try {
      files.replace(file, out -> writeDurably(snapshot, out));
      lastSaved = step;
      lastNanos = clock.getAsLong();
      List<Path> all = newestFirst();
      for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
        files.delete(old);
      }
      LOG.debug("{} took {} ms", file, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    } catch (IOException e) {
      throw new CheckpointException(file, "written", e);
    }
  }

  private static void writeDurably(Snapshot snapshot, OutputStream out) throws IOException {
    CheckpointFormat.write(snapshot, out);
    if (out instanceof FSDataOutputStream stream
        && stream.hasCapability(StreamCapabilities.HSYNC)) {
      // Else a power cut could leave the new name with old blocks.
      stream.hsync();
    }
  }

  private List<Path> newestFirst() {
    try {
      List<Path> found = new ArrayList<>();
      for (FileStatus file : files.list(folder)) {
        if (file.getPath().getName().matches("\\d{12}" + SUFFIX)) {
          found.add(file.getPath());
        }
      }
      found.sort(Comparator.comparing(Path::getName).reversed());
      return found;
    } catch (IOException e) {
      throw new CheckpointException(folder, "listed", e);
    }
  }

  private static long stepOf(Path file) {
    String name = file.getName();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }
}
