package org.lrsweep.training.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.training.state.BlockRef.Slice;

/**
 * A small exchange by all that this room asks of Spark: tasks meet at a barrier, store some bytes,
 * and read them over the network. Made on the driver, which closes it.
 */
public final class ExchangeProbe implements AutoCloseable {
  /** For slots that others have taken. The tasks that are there go on without theirs. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final Duration SLOWEST_READ = Duration.ofSeconds(20);
  private static final float[] FLOATS = {1, 2, 3, 5, 8, 13, 21, 34};
  private static final int SLICES = 2;

  private final BarrierCoordinator coordinator;
  private final Broadcast<String> owner;
  private final Barrier barrier;

  /**
   * Sets up the driver's side.
   *
   * @param tasks how many tasks there will be, {@code >= 1}
   */
  public ExchangeProbe(JavaSparkContext spark, int tasks) {
    coordinator = new BarrierCoordinator(spark, tasks);
    owner = spark.broadcast("probe");
    barrier = coordinator.begin(1, TIMEOUT);
  }

  /** Where the tasks meet; travels to each. */
  public Barrier barrier() {
    return barrier;
  }

  /** The id of what the stored bytes belong to. */
  public long owner() {
    return owner.id();
  }

  /**
   * A task's part: stores bytes in this JVM, reads them back, and meets the others.
   *
   * @return the address of the bytes, for others to read
   * @throws ExchangeException if the bytes can't be read
   * @throws IOException if they are others
   */
  public static BlockRef meet(Barrier barrier, long owner, TaskContext task)
      throws ExchangeException, IOException {
    ByteBuffer bytes = ByteBuffer.allocate(FLOATS.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(FLOATS);
    BlockRef block = BlockStore.put(owner, "probe_a" + task.taskAttemptId(), bytes.array(), SLICES);
    requireFloats(BlockStore.read(List.of(block)).get(0), block);
    // What runs also do: drop a block, give up a barrier, ask where a block lies.
    BlockStore.remove(
        BlockStore.put(owner, "dropped_a" + task.taskAttemptId(), bytes.array(), SLICES));
    barrier.allGather(task, "here");
    barrier.abort();
    if (block.holder().isDriver() && block.holder().toString().isEmpty()) {
      throw new IOException("the driver's block manager has no address");
    }
    return block;
  }

  /**
   * Reads what a task of another JVM has stored, or of this one, as if it were another.
   *
   * @throws ExchangeException if it doesn't come
   * @throws IOException if it is something else
   */
  public static void fetch(BlockRef block) throws ExchangeException, IOException {
    BlockFetch fetch = BlockFetch.begin(block.holder(), block.all(), SLOWEST_READ);
    List<Source> slices = new ArrayList<>();
    for (Slice slice : block.all()) {
      slices.add(Source.of(fetch.await(slice)));
    }
    requireFloats(Source.join(slices), block);
  }

  private static void requireFloats(Source source, BlockRef block) throws IOException {
    float[] read = new float[FLOATS.length];
    source.open().read(read, 0, read.length);
    if (!Arrays.equals(read, FLOATS)) {
      throw new IOException(block.name() + " of " + block.holder() + " is not what was stored");
    }
  }

  @Override
  public void close() {
    coordinator.close();
    owner.destroy();
  }
}
