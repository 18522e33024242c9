package org.lrsweep.training.state;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.training.WorkerPosition;

/**
 * The constants of a run, broadcast to each executor once, with each JVM's store of the run's
 * states. Spark drops both when the broadcast variable is destroyed.
 *
 * <p>Thread-safe.
 */
@DefaultSerializer(JavaSerializer.class)
public final class RunSpec implements Serializable {
  private static final long serialVersionUID = 1;

  private final NetworkSpec network;
  private final int workers;
  private final long seed;
  private final int stateBytes;
  private final int slices;
  private final transient StateStore store;

  /**
   * @param network what is trained
   * @param workers how many share each batch
   * @param seed of the run
   * @param stateBytes how long a state is
   * @param slices in how many slices states are averaged
   */
  public RunSpec(NetworkSpec network, int workers, long seed, int stateBytes, int slices) {
    this.network = network;
    this.workers = workers;
    this.seed = seed;
    this.stateBytes = stateBytes;
    this.slices = slices;
    store = new StateStore(stateBytes, slices);
  }

  /** In another JVM, with a store of its own. */
  private Object readResolve() {
    return new RunSpec(network, workers, seed, stateBytes, slices);
  }

  public NetworkSpec network() {
    return network;
  }

  public WorkerPosition position(int worker) {
    return new WorkerPosition(worker, workers, seed);
  }

  public int slices() {
    return slices;
  }

  /** The states of the run in this JVM. */
  public StateStore store() {
    return store;
  }

  /** A state in a JVM's store. */
  public BlockRef stateAt(Holder jvm, long owner, String name) {
    return new BlockRef(jvm, owner, name, stateBytes, slices);
  }

  /** A slice of a mean in a JVM's store. */
  public BlockRef sliceAt(Holder jvm, long owner, String name, int slice) {
    return new BlockRef(jvm, owner, name, BlockRef.sliceLength(stateBytes, slices, slice), 1);
  }
}
