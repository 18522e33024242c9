package org.lrsweep.training.state;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.HostLocalDirManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * The local directories of the application's JVMs on this host. They are asked for them as Spark
 * asks for those of shuffle blocks, unless {@code spark.shuffle.readHostLocalDisk} is off.
 *
 * <p>Thread-safe.
 */
final class Neighbours {
  private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);

  private final BlockManager self;

  /** By executor; empty for one that has not answered. */
  private final Map<String, Optional<String[]>> known = new ConcurrentHashMap<>();

  Neighbours(BlockManager self) {
    this.self = self;
  }

  /** The local directories of a block manager; empty if it is of another host, or doesn't say. */
  Optional<String[]> folders(BlockManagerId holder) {
    if (holder.equals(self.blockManagerId())) {
      return Optional.of(self.diskBlockManager().localDirsString());
    }
    if (!holder.host().equals(self.blockManagerId().host())
        || self.hostLocalDirManager().isEmpty()) {
      return Optional.empty();
    }
    return known.computeIfAbsent(holder.executorId(), executor -> ask(holder));
  }

  private Optional<String[]> ask(BlockManagerId holder) {
    HostLocalDirManager asking = self.hostLocalDirManager().get();
    Answer answer = new Answer(holder.executorId());
    try {
      asking.getHostLocalDirs(
          holder.host(), holder.port(), new String[] {holder.executorId()}, answer);
      return Optional.of(answer.folders.get());
    } catch (ExecutionException | RuntimeException e) {
      LOG.info("What {} keeps is fetched, since it doesn't say where its files are", holder, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static final class Answer
      extends AbstractFunction1<Try<scala.collection.immutable.Map<String, String[]>>, BoxedUnit> {
    private final String executor;
    private final CompletableFuture<String[]> folders = new CompletableFuture<>();

    Answer(String executor) {
      this.executor = executor;
    }

    @Override
    public BoxedUnit apply(Try<scala.collection.immutable.Map<String, String[]>> told) {
      if (told.isFailure()) {
        folders.completeExceptionally(told.failed().get());
      } else if (told.get().contains(executor)) {
        folders.complete(told.get().apply(executor));
      } else {
        folders.completeExceptionally(new NoSuchElementException(executor));
      }
      return BoxedUnit.UNIT;
    }
  }
}
