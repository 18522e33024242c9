package org.lrsweep.training.state;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.network.shuffle.ExecutorDiskUtils;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.StorageLevel;
import org.lrsweep.training.state.KeptBytes.Slice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag$;

/**
 * Bytes in files of Spark's local directories, which all JVMs of a host can read. To Spark they are
 * blocks on disk: other hosts fetch them, and it drops them with their owner and the executor.
 * Where Spark encrypts files there are none.
 *
 * <p>Thread-safe.
 */
final class LocalFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFiles.class);
  private static LocalFiles last;

  private final BlockManager self;
  private final Neighbours neighbours;

  /** One for each local directory: they may lie on different disks. */
  private final Map<Path, FilePool> pools = new ConcurrentHashMap<>();

  /** Executors of which files have been read. */
  private final Set<String> haveBeenRead = ConcurrentHashMap.newKeySet();

  private volatile boolean writable = true;

  LocalFiles(BlockManager self) {
    this.self = self;
    neighbours = new Neighbours(self);
  }

  /** Those of the JVM's block manager, of which there is one at a time. */
  static synchronized LocalFiles of(BlockManager self) {
    if (last == null || last.self != self) {
      last = new LocalFiles(self);
    }
    return last;
  }

  /** Keeps a copy of bytes as a block; false if it can't be kept in a file. */
  boolean keep(BlockId block, Source bytes) {
    if (!writable || isEncrypted()) {
      return false;
    }
    try {
      Path folder = self.diskBlockManager().getFile(block).toPath().getParent().getParent();
      Path file = pools.computeIfAbsent(folder, FilePool::new).write(bytes);
      try {
        store(block, file, bytes.length());
      } finally {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("States are kept in memory from now on, since a file can't be written", e);
      writable = false;
      return false;
    }
  }

  private boolean isEncrypted() {
    return self.serializerManager().encryptionEnabled();
  }

  /** Moves the file to where Spark has the block, unless it is there already with the same bits. */
  private void store(BlockId block, Path file, int length) {
    self
        .new TempFileBasedBlockStoreUpdater<Object>(
            block,
            StorageLevel.DISK_ONLY(),
            ClassTag$.MODULE$.Object(),
            file.toFile(),
            length,
            false,
            false)
        .save();
  }

  /** A slice in a file of this host; empty if no file that this JVM can read holds it. */
  Optional<Source> find(Slice slice) {
    if (isEncrypted()) {
      return Optional.empty();
    }
    return neighbours
        .folders(slice.holder())
        .map(
            folders ->
                ExecutorDiskUtils.getFilePath(
                    folders, self.diskBlockManager().subDirsPerLocalDir(), slice.id().name()))
        .map(Path::of)
        .filter(file -> holdsAll(file, slice.bytes()))
        .map(file -> found(slice, file));
  }

  private Source found(Slice slice, Path file) {
    BlockManagerId holder = slice.holder();
    if (!holder.equals(self.blockManagerId()) && haveBeenRead.add(holder.executorId())) {
      LOG.info("Reads what executor {} keeps from its files", holder.executorId());
    }
    return new Source.InFile(file, 0, slice.bytes());
  }

  /** Spark may be writing a block from memory to its file. */
  private static boolean holdsAll(Path file, int bytes) {
    try {
      return Files.isReadable(file) && Files.size(file) == bytes;
    } catch (IOException e) {
      return false;
    }
  }
}
