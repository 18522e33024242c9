package org.lrsweep.training.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import org.lrsweep.training.state.KeptBytes.Slice;
import scala.Option;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Keeps bytes for the application's other JVMs and reads theirs, by Spark's block managers: with
 * the ports, the authentication and the encryption that the cluster has set up, and within the
 * memory that Spark accounts for. What is kept belongs to a broadcast variable, and Spark drops it
 * everywhere when that is destroyed.
 *
 * <p>These classes of Spark are public to the JVM, but not documented for use; nothing else of
 * LRSweep touches them.
 *
 * <p>Thread-safe.
 */
public final class Peers {
  private static final ClassTag<Object> TAG = ClassTag$.MODULE$.Object();

  private Peers() {}

  private static BlockManager manager() {
    return SparkEnv.get().blockManager();
  }

  /**
   * Keeps bytes in this JVM, without copying them: they must not be written to any more.
   *
   * @param owner the id of the broadcast variable whose end is their end too
   * @param name a name that was not used before
   * @param slices into how many slices others read them, {@code >= 1}
   */
  public static KeptBytes keep(long owner, String name, byte[] bytes, int slices) {
    KeptBytes kept = new KeptBytes(Holder.ofThisJvm(), owner, name, bytes.length, slices);
    for (int i = 0; i < slices; i++) {
      Slice slice = kept.slice(i);
      int start = KeptBytes.sliceStart(bytes.length, slices, i);
      ByteBuffer part = ByteBuffer.wrap(bytes, start, slice.bytes()).slice();
      // On disk if the executor's memory is full; a block that is there already is the same bits.
      manager()
          .putBytes(
              slice.id(),
              new ChunkedByteBuffer(new ByteBuffer[] {part}),
              StorageLevel.MEMORY_AND_DISK_SER(),
              false,
              TAG);
    }
    return kept;
  }

  /** Forgets bytes, if this JVM keeps them. */
  public static void forget(KeptBytes kept) {
    for (Slice slice : kept.all()) {
      if (manager().getStatus(slice.id()).isDefined()) {
        manager().removeBlock(slice.id(), false);
      }
    }
  }

  /**
   * Brings bytes here.
   *
   * @return them in the order asked for
   * @throws LostBytesException if some can't be read
   */
  static List<Source> read(List<KeptBytes> kept) throws LostBytesException {
    Iterator<Source> slices =
        readSlices(kept.stream().flatMap(one -> one.all().stream()).toList()).iterator();
    return kept.stream()
        .map(one -> Source.join(Stream.generate(slices::next).limit(one.slices()).toList()))
        .toList();
  }

  /**
   * Brings slices here, those of other JVMs at the same time.
   *
   * @return them in the order asked for
   * @throws LostBytesException if one can't be read
   */
  static List<Source> readSlices(List<Slice> slices) throws LostBytesException {
    Map<Holder, List<Slice>> remote = new LinkedHashMap<>();
    for (Slice slice : slices) {
      if (!slice.holder().equals(Holder.ofThisJvm())) {
        remote.computeIfAbsent(slice.holder(), holder -> new ArrayList<>()).add(slice);
      }
    }
    Map<String, CompletableFuture<ByteBuffer>> fetched = new HashMap<>();
    remote.forEach((holder, theirs) -> fetch(holder, theirs, fetched));
    List<Source> read = new ArrayList<>(slices.size());
    for (Slice slice : slices) {
      read.add(Source.of(bytes(slice, fetched.get(slice.id().name()))));
    }
    return read;
  }

  private static ByteBuffer bytes(Slice slice, CompletableFuture<ByteBuffer> coming)
      throws LostBytesException {
    return coming == null ? local(slice) : await(coming, slice);
  }

  private static ByteBuffer local(Slice slice) throws LostBytesException {
    Option<BlockData> data = manager().getLocalBytes(slice.id());
    if (data.isEmpty()) {
      throw new LostBytesException(slice, null);
    }
    try {
      ByteBuffer bytes = data.get().toByteBuffer();
      // The array itself: it stays as it is for as long as someone holds it. A mapped file doesn't.
      return bytes.hasArray() ? bytes : ByteBuffer.allocate(slice.bytes()).put(bytes).flip();
    } finally {
      manager().releaseLock(slice.id(), Option.empty());
    }
  }

  private static void fetch(
      Holder holder, List<Slice> slices, Map<String, CompletableFuture<ByteBuffer>> into) {
    slices.forEach(slice -> into.put(slice.id().name(), new CompletableFuture<>()));
    BlockManagerId to = holder.manager();
    manager()
        .blockTransferService()
        .fetchBlocks(
            to.host(),
            to.port(),
            to.executorId(),
            slices.stream().map(slice -> slice.id().name()).toArray(String[]::new),
            new Arrival(Map.copyOf(into)),
            null);
  }

  private static ByteBuffer await(CompletableFuture<ByteBuffer> coming, Slice slice)
      throws LostBytesException {
    try {
      return coming.get();
    } catch (ExecutionException e) {
      throw new LostBytesException(slice, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LostBytesException(slice, e);
    }
  }

  /** Takes over what the network brings, on the network's threads. */
  private record Arrival(Map<String, CompletableFuture<ByteBuffer>> awaited)
      implements BlockFetchingListener {

    @Override
    public void onBlockFetchSuccess(String block, ManagedBuffer data) {
      try (InputStream bytes = data.createInputStream()) {
        byte[] copy = new byte[Math.toIntExact(data.size())];
        bytes.readNBytes(copy, 0, copy.length);
        awaited.get(block).complete(ByteBuffer.wrap(copy));
      } catch (IOException e) {
        awaited.get(block).completeExceptionally(e);
      }
    }

    @Override
    public void onBlockFetchFailure(String block, Throwable failure) {
      awaited.get(block).completeExceptionally(failure);
    }
  }
}
