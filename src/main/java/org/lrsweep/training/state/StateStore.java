package org.lrsweep.training.state;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The states of a run in this JVM: what jobs began from, what they led to, and the means that
 * workers take here.
 *
 * <p>Thread-safe.
 */
public final class StateStore {
  private final int stateBytes;
  private final int slices;

  /** What workers came to, by job. */
  private final NavigableMap<Integer, List<Stored>> results = new TreeMap<>();

  /** What jobs began from. */
  private final NavigableMap<Integer, Stored> starts = new TreeMap<>();

  /** What jobs begin from while it is brought here. */
  private final NavigableMap<Integer, SharedStart> shared = new TreeMap<>();

  /** What the workers of this JVM average together, by job. */
  private final NavigableMap<Integer, SharedMean> means = new TreeMap<>();

  /** Arrays of removed states: new ones of megabytes in each round would keep the GC busy. */
  private final Deque<byte[]> spare = new ArrayDeque<>();

  @SuppressWarnings("ArrayRecordComponent") // the array that others read, and its address
  private record Stored(BlockRef block, byte[] bytes) {}

  StateStore(int stateBytes, int slices) {
    this.stateBytes = stateBytes;
    this.slices = slices;
  }

  /** The name of the state that a job began from. */
  public static String startName(int job) {
    return "r" + job + "_start";
  }

  /** The name of the state that an attempt came to in a job. */
  public static String stateName(int job, int worker, long attempt, int rounds) {
    return "r" + job + "_w" + worker + "_a" + attempt + "_" + rounds;
  }

  /** The name of an attempt's slice of the mean of a job's round. */
  public static String meanName(int job, int slice, long attempt, int round) {
    return "r" + job + "_mean" + slice + "_a" + attempt + "_" + round;
  }

  /**
   * The state that a job begins from, brought here once for all of this JVM's workers. It stays for
   * a job longer, in case that a worker's result is lost.
   */
  public ByteBuffer start(long owner, int job, StateRef from) throws LostBlockException {
    SharedStart start = sharedStart(job);
    try {
      ByteBuffer whole = start.bring(from);
      putStart(owner, job, start.bytes());
      return whole;
    } catch (LostBlockException e) {
      remove(job, start);
      throw e;
    }
  }

  /** What could not be brought, so that another attempt tries anew. */
  private synchronized void remove(int job, SharedStart start) {
    shared.remove(job, start);
  }

  private synchronized SharedStart sharedStart(int job) {
    return shared.computeIfAbsent(job, number -> new SharedStart(room()));
  }

  private synchronized void putStart(long owner, int job, byte[] bytes) {
    starts.computeIfAbsent(
        job, number -> new Stored(BlockStore.put(owner, startName(number), bytes, slices), bytes));
  }

  /** Where the workers of a job in this JVM average. */
  public synchronized SharedMean sharedMean(int job) {
    return means.computeIfAbsent(job, number -> new SharedMean());
  }

  /** An array for a state. */
  public synchronized byte[] room() {
    return spare.isEmpty() ? new byte[stateBytes] : spare.pop();
  }

  /** Stores what a task made in or for a job, until the job after the next. */
  public BlockRef put(long owner, int job, String name, byte[] bytes, int slicesOfIt) {
    BlockRef block = BlockStore.put(owner, name, bytes, slicesOfIt);
    add(job, new Stored(block, bytes));
    return block;
  }

  private synchronized void add(int job, Stored one) {
    results.computeIfAbsent(job, number -> new ArrayList<>()).add(one);
  }

  /** Removes what a task stored in a job, which every worker has read. */
  public synchronized void remove(int job, BlockRef block) {
    List<Stored> all = results.getOrDefault(job, List.of());
    all.stream().filter(one -> one.block().equals(block)).findFirst().ifPresent(this::drop);
    all.removeIf(one -> one.block().equals(block));
  }

  /**
   * Removes what neither a job from this one on nor the repetition of the one before it can need.
   * An attempt that Spark has given up may still be reading; nobody listens to it any more.
   */
  public synchronized void removeBefore(int job) {
    results.headMap(job - 1).values().forEach(all -> all.forEach(this::drop));
    results.headMap(job - 1).clear();
    starts.headMap(job - 1).values().forEach(this::drop);
    starts.headMap(job - 1).clear();
    shared.headMap(job).clear();
    means.headMap(job).clear();
  }

  private void drop(Stored old) {
    BlockStore.remove(old.block());
    if (old.bytes().length == stateBytes) {
      spare.push(old.bytes());
    }
  }
}
