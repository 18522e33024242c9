package org.lrsweep.training;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.storage.BlockManagerId;
import org.lrsweep.training.exchange.Peers;
import org.lrsweep.training.exchange.WeightedMean;

/**
 * The means of a stint whose workers are all in this JVM, taken in the memory of their networks and
 * by all of them together: a third of the memory traffic of states that are kept and brought.
 *
 * <p>Thread-safe.
 */
final class SharedMean {
  /** By the attempt's number: a worker's second attempt has a network of its own. */
  private final Map<Long, Replica> replicas = new ConcurrentHashMap<>();

  private final Map<Integer, SharedWork> rounds = new ConcurrentHashMap<>();

  /**
   * Where a worker is.
   *
   * @param jvm the block manager there
   * @param attempt the number of its task's attempt
   */
  record Place(BlockManagerId jvm, long attempt) implements Serializable {
    static Place of(TaskContext task) {
      return new Place(Peers.self(), task.taskAttemptId());
    }

    static boolean areOne(List<Place> workers) {
      return workers.stream().map(Place::jvm).distinct().count() == 1;
    }
  }

  void join(TaskContext task, Replica replica) {
    replicas.put(task.taskAttemptId(), replica);
  }

  void leave(TaskContext task) {
    replicas.remove(task.taskAttemptId());
  }

  /**
   * Puts the mean of a round into the networks of all workers. All of them call this, when all have
   * trained the round; it returns when the mean is there.
   *
   * @param workers all of the stint, in order
   * @param shares theirs
   */
  void take(int round, List<Place> workers, List<Share> shares) {
    rounds.remove(round - 1);
    rounds.computeIfAbsent(round, number -> new SharedWork()).finish(() -> pieces(workers, shares));
  }

  /** Whoever comes first asks for them, and until then no worker has gone on and can have left. */
  private List<Runnable> pieces(List<Place> workers, List<Share> shares) {
    List<List<ByteBuffer>> states =
        workers.stream().map(worker -> replicas.get(worker.attempt()).memory()).toList();
    float[] weights = Share.weights(shares);
    List<Runnable> pieces = new ArrayList<>();
    for (int part = 0; part < states.get(0).size(); part++) {
      int array = part;
      List<ByteBuffer> all = states.stream().map(state -> state.get(array)).toList();
      List<ByteBuffer> terms = Arrays.stream(Share.trained(shares)).mapToObj(all::get).toList();
      pieces.addAll(WeightedMean.pieces(terms, weights, all));
    }
    return pieces;
  }
}
