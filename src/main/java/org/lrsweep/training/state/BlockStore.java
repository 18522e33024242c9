package org.lrsweep.training.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import org.lrsweep.training.state.BlockRef.Slice;
import scala.Option;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A store of bytes in each JVM of the application that all of them can read, by Spark's block
 * managers: with the ports, the authentication and the encryption that the cluster has set up, and
 * within the memory that Spark accounts for. What is stored belongs to a broadcast variable, and
 * Spark drops it everywhere when that is destroyed.
 *
 * <p>Thread-safe.
 */
final class BlockStore {
  private static final ClassTag<Object> TAG = ClassTag$.MODULE$.Object();

  private BlockStore() {}

  private static BlockManager manager() {
    return SparkEnv.get().blockManager();
  }

  /**
   * Stores bytes in this JVM, without copying them: they must not be written to any more.
   *
   * @param owner the id of the broadcast variable whose end is their end too
   * @param name a name that was not used before
   * @param slices into how many slices others read them, {@code >= 1}
   */
  static BlockRef put(long owner, String name, byte[] bytes, int slices) {
    BlockRef block = new BlockRef(Holder.ofThisJvm(), owner, name, bytes.length, slices);
    for (int i = 0; i < slices; i++) {
      Slice slice = block.slice(i);
      int start = BlockRef.sliceStart(bytes.length, slices, i);
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
    return block;
  }

  /** Removes bytes, if this JVM has them. */
  static void remove(BlockRef block) {
    for (Slice slice : block.all()) {
      if (manager().getStatus(slice.id()).isDefined()) {
        manager().removeBlock(slice.id(), false);
      }
    }
  }

  /**
   * Reads bytes.
   *
   * @return them in the order asked for
   * @throws LostBlockException if some can't be read
   */
  static List<Source> read(List<BlockRef> blocks) throws LostBlockException {
    Iterator<Source> slices =
        readSlices(blocks.stream().flatMap(one -> one.all().stream()).toList()).iterator();
    return blocks.stream()
        .map(one -> Source.join(Stream.generate(slices::next).limit(one.slices()).toList()))
        .toList();
  }

  /**
   * Reads slices, those of other JVMs at the same time.
   *
   * @return them in the order asked for
   * @throws LostBlockException if one can't be read
   */
  static List<Source> readSlices(List<Slice> slices) throws LostBlockException {
    Map<Holder, List<Slice>> remote = new LinkedHashMap<>();
    for (Slice slice : slices) {
      if (!slice.holder().equals(Holder.ofThisJvm())) {
        remote.computeIfAbsent(slice.holder(), holder -> new ArrayList<>()).add(slice);
      }
    }
    Map<Holder, BlockFetch> fetches = new HashMap<>();
    remote.forEach((holder, theirs) -> fetches.put(holder, BlockFetch.begin(holder, theirs)));
    List<Source> read = new ArrayList<>(slices.size());
    for (Slice slice : slices) {
      BlockFetch fetch = fetches.get(slice.holder());
      read.add(Source.of(fetch == null ? local(slice) : fetch.await(slice)));
    }
    return read;
  }

  private static ByteBuffer local(Slice slice) throws LostBlockException {
    Option<BlockData> data = manager().getLocalBytes(slice.id());
    if (data.isEmpty()) {
      throw new LostBlockException(slice, null);
    }
    try {
      ByteBuffer bytes = data.get().toByteBuffer();
      // The array itself: it stays as it is for as long as someone holds it. A mapped file doesn't.
      return bytes.hasArray() ? bytes : ByteBuffer.allocate(slice.bytes()).put(bytes).flip();
    } finally {
      manager().releaseLock(slice.id(), Option.empty());
    }
  }
}
