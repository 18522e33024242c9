package org.lrsweep.training.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.spark.network.shuffle.ExecutorDiskUtils;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.HostLocalDirManager;
import org.apache.spark.storage.StorageLevel;
import org.lrsweep.training.exchange.KeptBytes.Slice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.immutable.Map;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Bytes in files of Spark's local directories, which all JVMs of a host can read. To Spark they are
 * blocks on disk: other hosts fetch them, and it drops them with their owner and the executor. The
 * files of other JVMs are found as Spark finds shuffle blocks of its host, unless {@code
 * spark.shuffle.readHostLocalDisk} is off. Where Spark encrypts files there are none.
 *
 * <p>Thread-safe.
 */
final class LocalFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFiles.class);
  private static LocalFiles last;

  private final BlockManager self;
  private final FilePool pool;
  private volatile boolean usable;

  LocalFiles(BlockManager self, FilePool pool) {
    this.self = self;
    this.pool = pool;
    usable = !self.serializerManager().encryptionEnabled();
  }

  /** Those of the JVM's block manager, of which there is one at a time. */
  static synchronized LocalFiles of(BlockManager self) {
    if (last == null || last.self != self) {
      last =
          new LocalFiles(
              self,
              new FilePool(() -> self.diskBlockManager().createTempLocalBlock()._2().toPath()));
    }
    return last;
  }

  /** Keeps a copy of bytes as a block; false if this JVM keeps nothing in files. */
  boolean keep(BlockId block, Source bytes) {
    if (!usable) {
      return false;
    }
    try {
      Path file = pool.write(bytes);
      self
          .new TempFileBasedBlockStoreUpdater<Object>(
              block,
              StorageLevel.DISK_ONLY(),
              ClassTag$.MODULE$.Object(),
              file.toFile(),
              bytes.length(),
              false,
              false)
          .save();
      // A block that was there already is the same bits.
      Files.deleteIfExists(file);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("States are kept in memory from now on, since a file can't be written", e);
      usable = false;
    }
    return usable;
  }

  /** A slice in a file of this host; empty if no file that this JVM can read holds it. */
  Optional<Source> find(Slice slice) {
    if (!usable || !slice.holder().host().equals(self.blockManagerId().host())) {
      return Optional.empty();
    }
    return folders(slice.holder())
        .map(
            folders ->
                ExecutorDiskUtils.getFilePath(
                    folders, self.diskBlockManager().subDirsPerLocalDir(), slice.id().name()))
        .map(Path::of)
        .filter(Files::isReadable)
        .map(file -> new Source.InFile(file, 0, slice.bytes()));
  }

  private Optional<String[]> folders(BlockManagerId holder) {
    if (holder.equals(self.blockManagerId())) {
      return Optional.of(self.diskBlockManager().localDirsString());
    }
    if (self.hostLocalDirManager().isEmpty()) {
      return Optional.empty();
    }
    HostLocalDirManager known = self.hostLocalDirManager().get();
    Option<String[]> cached = known.getCachedHostLocalDirsFor(holder.executorId());
    return cached.isDefined() ? Optional.of(cached.get()) : ask(known, holder);
  }

  private static Optional<String[]> ask(HostLocalDirManager known, BlockManagerId holder) {
    String executor = holder.executorId();
    CompletableFuture<Optional<String[]>> answer = new CompletableFuture<>();
    known.getHostLocalDirs(
        holder.host(),
        holder.port(),
        new String[] {executor},
        new AbstractFunction1<>() {
          @Override
          public BoxedUnit apply(Try<Map<String, String[]>> told) {
            answer.complete(
                told.isSuccess() ? Optional.of(told.get().apply(executor)) : Optional.empty());
            return BoxedUnit.UNIT;
          }
        });
    try {
      LOG.info("Executor {} is on this host: its files are read, if it keeps any", executor);
      return answer.get();
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
