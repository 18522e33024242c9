package org.lrsweep.training;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.lrsweep.training.exchange.KeptBytes;
import org.lrsweep.training.exchange.LostBytesException;
import org.lrsweep.training.exchange.Peers;

/**
 * What is the same in all rounds of a run, sent to each executor once, and what this JVM keeps of
 * the run. Spark drops both with the broadcast variable that the assignment is.
 *
 * <p>Thread-safe.
 */
final class Assignment implements Serializable {
  private static final long serialVersionUID = 1;

  private final NetworkSpec network;
  private final int workers;
  private final long seed;
  private final int stateBytes;
  private final int slices;

  /** By the number of the round that they come from. */
  private final transient NavigableMap<Integer, List<Kept>> kept = new TreeMap<>();

  /** By the number of the round that begins from them. */
  private final transient NavigableMap<Integer, Kept> starts = new TreeMap<>();

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
  Assignment(NetworkSpec network, int workers, long seed, int stateBytes, int slices) {
    this.network = network;
    this.workers = workers;
    this.seed = seed;
    this.stateBytes = stateBytes;
    this.slices = slices;
  }

  private Object readResolve() {
    return new Assignment(network, workers, seed, stateBytes, slices);
  }

  NetworkSpec network() {
    return network;
  }

  WorkerPosition position(int worker) {
    return new WorkerPosition(worker, workers, seed);
  }

  int slices() {
    return slices;
  }

  /** The name under which a JVM keeps the state that a round began from. */
  static String startName(int round) {
    return "r" + round + "_start";
  }

  /**
   * The state that a round begins from. The first of this JVM's workers that asks brings it here;
   * the others wait for it. It is kept for a round longer, in case that a worker's result is lost.
   */
  synchronized ByteBuffer start(Order order) throws LostBytesException {
    Kept start = starts.get(order.round());
    if (start == null) {
      byte[] bytes = room();
      order.start().writeTo(bytes);
      start = new Kept(Peers.keep(order.owner(), startName(order.round()), bytes, slices), bytes);
      starts.put(order.round(), start);
    }
    return ByteBuffer.wrap(start.bytes());
  }

  /** An array for a state. */
  synchronized byte[] room() {
    return spare.isEmpty() ? new byte[stateBytes] : spare.pop();
  }

  /** Keeps what a task made in or for a round, until the round after the next. */
  synchronized KeptBytes keep(long owner, int round, String name, byte[] bytes, int slices) {
    KeptBytes where = Peers.keep(owner, "r" + round + "_" + name, bytes, slices);
    kept.computeIfAbsent(round, number -> new ArrayList<>()).add(new Kept(where, bytes));
    return where;
  }

  /**
   * Forgets what neither a round from this one on nor the repetition of the one before it can need.
   * An attempt that Spark has given up may still be reading; nobody listens to it any more.
   */
  synchronized void forgetBefore(int round) {
    kept.headMap(round - 1).values().forEach(all -> all.forEach(this::forget));
    kept.headMap(round - 1).clear();
    starts.headMap(round - 1).values().forEach(this::forget);
    starts.headMap(round - 1).clear();
  }

  private void forget(Kept old) {
    Peers.forget(old.where());
    if (old.bytes().length == stateBytes) {
      spare.push(old.bytes());
    }
  }
}
