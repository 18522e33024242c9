package org.lrsweep.training.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.NetworkSpec;

/**
 * The idle replicas of this JVM. Building one takes longer than a step of a small network, so tasks
 * borrow and give back; since a round overwrites a replica's state, any will do that is of the
 * right network. One that a task failed with is not taken back.
 *
 * <p>There are never more replicas, idle ones counted, than tasks have been at work at once: each
 * has hundreds of megabytes outside of the heap, and an executor has room for as many as it has
 * slots.
 *
 * <p>Thread-safe.
 */
public final class ReplicaPool {
  private static final ReplicaPool OF_THIS_JVM = new ReplicaPool();

  /** The one given back last comes first. */
  private final Deque<Idle> idle = new ArrayDeque<>();

  private int lent;
  private int mostLent;
  private boolean someDropped;

  /** What a task does with a replica. */
  public interface Work<R, E extends Exception> {
    public R with(Replica replica) throws E;
  }

  private record Idle(NetworkSpec spec, Replica replica) {}

  public static ReplicaPool ofThisJvm() {
    return OF_THIS_JVM;
  }

  /**
   * Works with a replica on a number of native threads.
   *
   * @param threads as many as the calling task has cores
   */
  public <R, E extends Exception> R with(NetworkSpec spec, int threads, Work<R, E> work) throws E {
    Acceleration.useThreads(threads);
    return onThreadsAsSet(spec, work);
  }

  /** Works with a replica on as many native threads as the calling thread has. */
  <R, E extends Exception> R onThreadsAsSet(NetworkSpec spec, Work<R, E> work) throws E {
    Idle used = null;
    Idle borrowed = borrow(spec);
    try {
      Idle replica = borrowed == null ? new Idle(spec, build(spec)) : borrowed;
      R result = work.with(replica.replica());
      used = replica;
      return result;
    } finally {
      giveBack(used);
    }
  }

  /** Null if there is none, and room for a new one. */
  private synchronized Idle borrow(NetworkSpec spec) {
    lent++;
    mostLent = Math.max(mostLent, lent);
    for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
      Idle candidate = all.next();
      if (candidate.spec().equals(spec)) {
        all.remove();
        return candidate;
      }
    }
    while (lent + idle.size() > mostLent && !idle.isEmpty()) {
      idle.removeLast();
      someDropped = true;
    }
    return null;
  }

  private Replica build(NetworkSpec spec) {
    if (takeSomeDropped()) {
      // Native memory is freed by the collector, which would see no need: the heap is not full.
      System.gc();
    }
    return new Replica(spec);
  }

  private synchronized boolean takeSomeDropped() {
    boolean dropped = someDropped;
    someDropped = false;
    return dropped;
  }

  /** Takes a replica back; null if its task failed. */
  private synchronized void giveBack(Idle used) {
    lent--;
    if (used == null) {
      someDropped = true;
    } else {
      idle.addFirst(used);
    }
  }
}
