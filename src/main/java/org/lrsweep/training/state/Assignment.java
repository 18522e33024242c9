package org.lrsweep.training.state;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.training.WorkerPosition;

/**
 * What is the same in all rounds of a run, sent to each executor once, and what this JVM keeps of
 * the run. Spark drops both with the broadcast variable that the assignment is.
 *
 * <p>Thread-safe.
 */
public final class Assignment implements Serializable {
  private static final long serialVersionUID = 1;

  private final NetworkSpec network;
  private final int workers;
  private final long seed;
  private final int stateBytes;
  private final int slices;

  /** What workers came to, by stint. */
  private final transient NavigableMap<Integer, List<Kept>> kept = new TreeMap<>();

  /** What stints began from. */
  private final transient NavigableMap<Integer, Kept> starts = new TreeMap<>();

  /** What stints begin from while it is brought here. */
  private final transient NavigableMap<Integer, SharedStart> shared = new TreeMap<>();

  /** What the workers of this JVM average together, by stint. */
  private final transient NavigableMap<Integer, SharedMean> means = new TreeMap<>();

  /** Arrays of forgotten states: new ones of megabytes in each round would keep the GC busy. */
  private final transient Deque<byte[]> spare = new ArrayDeque<>();

  @SuppressWarnings("ArrayRecordComponent") // the array that others read, and its address
  private record Kept(KeptBytes where, byte[] bytes) {}

  /**
   * @param network what is trained
   * @param workers how many share each batch
   * @param seed of the run
   * @param stateBytes how long a state is
   * @param slices in how many slices states are averaged
   */
  public Assignment(NetworkSpec network, int workers, long seed, int stateBytes, int slices) {
    this.network = network;
    this.workers = workers;
    this.seed = seed;
    this.stateBytes = stateBytes;
    this.slices = slices;
  }

  private Object readResolve() {
    return new Assignment(network, workers, seed, stateBytes, slices);
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

  /** The name under which a JVM keeps the state that a stint began from. */
  public static String startName(int stint) {
    return "r" + stint + "_start";
  }

  /**
   * The state that a stint begins from, brought here once for all of this JVM's workers. It is kept
   * for a stint longer, in case that a worker's result is lost.
   */
  public ByteBuffer start(Order order) throws LostBytesException {
    SharedStart start = sharedStart(order.stint());
    try {
      ByteBuffer whole = start.bring(order.start());
      keepStart(order, start.bytes());
      return whole;
    } catch (LostBytesException e) {
      forget(order.stint(), start);
      throw e;
    }
  }

  /** What could not be brought, so that another attempt tries anew. */
  private synchronized void forget(int stint, SharedStart start) {
    shared.remove(stint, start);
  }

  private synchronized SharedStart sharedStart(int stint) {
    return shared.computeIfAbsent(stint, number -> new SharedStart(room()));
  }

  /** Where the workers of a stint in this JVM average. */
  public synchronized SharedMean sharedMean(int stint) {
    return means.computeIfAbsent(stint, number -> new SharedMean());
  }

  private synchronized void keepStart(Order order, byte[] bytes) {
    starts.computeIfAbsent(
        order.stint(),
        stint -> new Kept(Peers.keep(order.owner(), startName(stint), bytes, slices), bytes));
  }

  /** An array for a state. */
  public synchronized byte[] room() {
    return spare.isEmpty() ? new byte[stateBytes] : spare.pop();
  }

  /** The name under which a JVM keeps the state that an attempt came to in a stint. */
  public static String stateName(int stint, int worker, long attempt, int rounds) {
    return "r" + stint + "_w" + worker + "_a" + attempt + "_" + rounds;
  }

  /** The name under which a JVM keeps an attempt's slice of the mean of a stint's round. */
  public static String meanName(int stint, int slice, long attempt, int round) {
    return "r" + stint + "_mean" + slice + "_a" + attempt + "_" + round;
  }

  /** Where another JVM keeps a state. */
  public KeptBytes stateAt(Holder jvm, long owner, String name) {
    return new KeptBytes(jvm, owner, name, stateBytes, slices);
  }

  /** Where another JVM keeps its slice of a mean. */
  public KeptBytes sliceAt(Holder jvm, long owner, String name, int slice) {
    return new KeptBytes(jvm, owner, name, KeptBytes.sliceLength(stateBytes, slices, slice), 1);
  }

  /** Keeps what a task made in or for a stint, until the stint after the next. */
  public KeptBytes keep(long owner, int stint, String name, byte[] bytes, int slices) {
    KeptBytes where = Peers.keep(owner, name, bytes, slices);
    add(stint, new Kept(where, bytes));
    return where;
  }

  private synchronized void add(int stint, Kept one) {
    kept.computeIfAbsent(stint, number -> new ArrayList<>()).add(one);
  }

  /** Forgets what a task kept in a stint, which every worker has read. */
  public synchronized void forget(int stint, KeptBytes where) {
    List<Kept> all = kept.getOrDefault(stint, List.of());
    all.stream().filter(one -> one.where().equals(where)).findFirst().ifPresent(this::drop);
    all.removeIf(one -> one.where().equals(where));
  }

  /**
   * Forgets what neither a stint from this one on nor the repetition of the one before it can need.
   * An attempt that Spark has given up may still be reading; nobody listens to it any more.
   */
  public synchronized void forgetBefore(int stint) {
    kept.headMap(stint - 1).values().forEach(all -> all.forEach(this::drop));
    kept.headMap(stint - 1).clear();
    starts.headMap(stint - 1).values().forEach(this::drop);
    starts.headMap(stint - 1).clear();
    shared.headMap(stint).clear();
    means.headMap(stint).clear();
  }

  private void drop(Kept old) {
    Peers.forget(old.where());
    if (old.bytes().length == stateBytes) {
      spare.push(old.bytes());
    }
  }
}
