package org.lrsweep.training.state;

import java.io.Serializable;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.lrsweep.training.worker.Replica;
import org.lrsweep.training.worker.Share;

/**
 * The means of a job as the workers of this JVM take them: in the memory of their networks and by
 * all of them together. Where all workers are here, that is a third of the memory traffic of states
 * that are stored and read.
 *
 * <p>Thread-safe.
 */
public final class SharedMean {
  /** By the attempt's number: a worker's second attempt has a network of its own. */
  private final Map<Long, Member> members = new ConcurrentHashMap<>();

  private final Map<Integer, SharedWork> rounds = new ConcurrentHashMap<>();

  /**
   * A worker of this JVM.
   *
   * @param block as which others can read its network's state; null if they can't
   */
  private record Member(Replica replica, BlockRef block) {
    FlatMemory memory() {
      return new FlatMemory(replica.memory());
    }
  }

  /**
   * Where a worker is.
   *
   * @param jvm the JVM there
   * @param attempt the number of its task's attempt
   */
  public record Place(Holder jvm, long attempt) implements Serializable {
    public static Place of(TaskContext task) {
      return new Place(Holder.ofThisJvm(), task.taskAttemptId());
    }

    public static boolean areOne(List<Place> workers) {
      return workers.stream().map(Place::jvm).distinct().count() == 1;
    }
  }

  public void join(TaskContext task, Replica replica) {
    members.put(task.taskAttemptId(), new Member(replica, null));
  }

  public void leave(TaskContext task) {
    members.remove(task.taskAttemptId());
  }

  /** A worker of this JVM has stored the state that its network is in, for the others to read. */
  public void stored(TaskContext task, BlockRef state) {
    members.computeIfPresent(
        task.taskAttemptId(), (attempt, member) -> new Member(member.replica(), state));
  }

  /**
   * Puts the mean of a round into the networks of all workers. All of them call this, when all have
   * trained the round; it returns when the mean is there.
   *
   * @param workers all of the job, in order
   * @param shares theirs
   */
  public void take(int round, List<Place> workers, List<Share> shares) throws LostBlockException {
    finish(round, () -> workers.stream().map(this::member).toList(), all -> meanOf(all, shares));
  }

  private Member member(Place worker) {
    Member member = members.get(worker.attempt());
    if (member == null) {
      throw new IllegalStateException(
          "Attempt " + worker.attempt() + " was killed before the mean could be taken");
    }
    return member;
  }

  private static List<Runnable> meanOf(List<Member> all, List<Share> shares) {
    List<FlatMemory> states = all.stream().map(Member::memory).toList();
    List<Source> terms =
        Arrays.stream(Share.trained(shares)).mapToObj(states::get).map(FlatMemory::source).toList();
    return FlatMemory.writeMean(terms, Share.weights(shares), states);
  }

  /**
   * Puts the mean of a round into the networks of this JVM's workers. All of them call this, when
   * all workers have stored what the mean is of; it returns when the mean is there.
   *
   * @param mean the same for all
   */
  public void take(int round, StateRef.Mean mean) throws LostBlockException {
    finish(
        round,
        () -> List.copyOf(members.values()),
        all ->
            mean.pieces(
                all.stream()
                    .filter(member -> member.block() != null)
                    .collect(Collectors.toMap(Member::block, Member::memory)),
                all.stream().map(Member::memory).toList()));
  }

  private interface Work {
    List<Runnable> of(List<Member> members) throws LostBlockException;
  }

  /**
   * Has the members do what the first who comes here plans. Until then none has gone on and can
   * have left.
   */
  private void finish(int round, Supplier<List<Member>> members, Work work)
      throws LostBlockException {
    rounds.remove(round - 1);
    List<Member> held = new ArrayList<>();
    try {
      rounds
          .computeIfAbsent(round, number -> new SharedWork())
          .finish(
              () -> {
                held.addAll(members.get());
                return work.of(held);
              });
    } finally {
      // A task that is killed meanwhile drops its network, whose memory is written to.
      Reference.reachabilityFence(held);
    }
  }
}
