package org.lrsweep.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.lrsweep.acceleration.Acceleration;

/**
 * The idle replicas of this JVM. Building one takes longer than a step of a small network, so tasks
 * borrow and give back; since a round overwrites a replica's state, any will do that is of the
 * right network. One that a task failed with is not taken back.
 *
 * <p>Thread-safe.
 */
final class ReplicaPool {
  /** Idle replicas kept at most: more than an executor has cores are never useful. */
  private static final int CAPACITY = Math.max(4, Runtime.getRuntime().availableProcessors());

  private static final ReplicaPool OF_THIS_JVM = new ReplicaPool();

  private final Deque<Idle> idle = new ArrayDeque<>();

  /** What a task does with a replica. */
  interface Work<R, E extends Exception> {
    R with(Replica replica) throws E;
  }

  private record Idle(NetworkSpec spec, Replica replica) {}

  static ReplicaPool ofThisJvm() {
    return OF_THIS_JVM;
  }

  /** Works with a replica on as many native threads as the calling Spark task has cores. */
  <R, E extends Exception> R with(NetworkSpec spec, Work<R, E> work) throws E {
    Acceleration.useThreads(TaskContext.get().cpus());
    Replica idleOne = borrow(spec);
    Replica replica = idleOne == null ? new Replica(spec) : idleOne;
    R result = work.with(replica);
    giveBack(new Idle(spec, replica));
    return result;
  }

  private synchronized Replica borrow(NetworkSpec spec) {
    for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
      Idle candidate = all.next();
      if (candidate.spec().equals(spec)) {
        all.remove();
        return candidate.replica();
      }
    }
    return null;
  }

  private synchronized void giveBack(Idle replica) {
    idle.addFirst(replica);
    while (idle.size() > CAPACITY) {
      idle.removeLast();
    }
  }
}
