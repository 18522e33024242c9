package org.lrsweep.training.state;

import java.io.EOFException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.storage.BlockManagerId;
import org.lrsweep.training.state.BlockRef.Slice;

/**
 * Blocks on their way here from one other JVM. Every wait for one ends: with its bytes, with
 * whatever went wrong on the network's threads, or after a time.
 *
 * <p>Thread-safe.
 */
final class BlockFetch implements BlockFetchingListener {
  /** A network slower than this is taken for broken. */
  private static final long SLOWEST_BYTES_PER_SECOND = 1_000_000;

  private final Map<String, CompletableFuture<ByteBuffer>> awaited;
  private final Duration limit;
  private final long begin = System.nanoTime();

  /**
   * @param slices what is fetched
   * @param limit how long it may take
   */
  BlockFetch(List<Slice> slices, Duration limit) {
    this.limit = limit;
    awaited =
        slices.stream()
            .map(slice -> slice.id().name())
            .collect(Collectors.toMap(Function.identity(), block -> new CompletableFuture<>()));
  }

  /** Begins to fetch blocks, with as much time as Spark's network and their size need. */
  static BlockFetch begin(Holder holder, List<Slice> slices) {
    long bytes = slices.stream().mapToLong(Slice::bytes).sum();
    long seconds = SparkEnv.get().conf().getTimeAsSeconds("spark.network.timeout", "120s");
    return begin(holder, slices, Duration.ofSeconds(seconds + bytes / SLOWEST_BYTES_PER_SECOND));
  }

  /** The same, within a time. */
  static BlockFetch begin(Holder holder, List<Slice> slices, Duration limit) {
    BlockFetch fetch = new BlockFetch(slices, limit);
    BlockManagerId from = holder.manager();
    SparkEnv.get()
        .blockManager()
        .blockTransferService()
        .fetchBlocks(
            from.host(),
            from.port(),
            from.executorId(),
            slices.stream().map(slice -> slice.id().name()).toArray(String[]::new),
            fetch,
            null);
    return fetch;
  }

  /**
   * A block's bytes, once they are here.
   *
   * @throws LostBlockException if they don't come, or not all of them
   */
  ByteBuffer await(Slice slice) throws LostBlockException {
    try {
      long left = limit.toNanos() - (System.nanoTime() - begin);
      ByteBuffer bytes = awaited.get(slice.id().name()).get(left, TimeUnit.NANOSECONDS);
      if (bytes.remaining() != slice.bytes()) {
        throw new LostBlockException(
            slice,
            new EOFException(
                "it has %s bytes instead of %s".formatted(bytes.remaining(), slice.bytes())));
      }
      return bytes;
    } catch (ExecutionException e) {
      throw new LostBlockException(slice, e.getCause());
    } catch (TimeoutException e) {
      throw new LostBlockException(
          slice, new TimeoutException("no answer within " + limit.toMillis() + " ms"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LostBlockException(slice, e);
    }
  }

  @Override
  @SuppressWarnings("CatchThrowable") // whoever waits has to hear of an OutOfMemoryError too
  public void onBlockFetchSuccess(String block, ManagedBuffer data) {
    try (InputStream bytes = data.createInputStream()) {
      awaited.get(block).complete(ByteBuffer.wrap(bytes.readNBytes(Math.toIntExact(data.size()))));
    } catch (Throwable e) {
      awaited.get(block).completeExceptionally(e);
    }
  }

  @Override
  public void onBlockFetchFailure(String block, Throwable failure) {
    awaited.get(block).completeExceptionally(failure);
  }
}
