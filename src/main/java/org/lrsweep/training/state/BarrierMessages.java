package org.lrsweep.training.state;

import static java.util.Collections.nCopies;

import java.util.Arrays;
import java.util.List;

/**
 * The messages between the workers of a job and the {@link BarrierCoordinator}.
 *
 * <p>On the wire it is arrays of the JDK's own types: Spark's RPC reads messages with a class
 * loader that doesn't know the application's jar. What the workers tell each other is bytes to it.
 */
final class BarrierMessages {
  private BarrierMessages() {}

  /**
   * A worker has arrived at the barrier.
   *
   * @param job the job
   * @param generation how often the job's workers have passed it before
   * @param worker who
   * @param payload for all workers
   */
  @SuppressWarnings("ArrayRecordComponent") // a message, read once
  record Arrival(int job, int generation, int worker, byte[] payload) {
    Object wire() {
      return new Object[] {job, generation, worker, payload};
    }

    static Arrival read(Object wire) {
      Object[] parts = (Object[]) wire;
      return new Arrival((int) parts[0], (int) parts[1], (int) parts[2], (byte[]) parts[3]);
    }
  }

  /** A worker aborts the barrier. */
  record Abort(int job, int generation) {
    Object wire() {
      return new int[] {job, generation};
    }

    static Abort read(Object wire) {
      int[] parts = (int[]) wire;
      return new Abort(parts[0], parts[1]);
    }
  }

  /** How a wait at the barrier ends. */
  enum Outcome {
    /** All have arrived. */
    COMPLETE,
    /** Some can't; nobody goes on. */
    BROKEN,
    /** The others have gone on, or the job is over. */
    TOO_LATE
  }

  /**
   * The end of a wait, sent to each worker. A payload that all have alike, as workers with equal
   * shares do, is sent once: else the driver would send as many as there are pairs of workers.
   *
   * @param payloads in the workers' order, if all have arrived; else none
   */
  record Answer(Outcome outcome, List<byte[]> payloads) {
    static Answer of(Outcome outcome) {
      return new Answer(outcome, List.of());
    }

    /** Whether there are payloads and all are the same. */
    boolean allAlike() {
      return !payloads.isEmpty()
          && payloads.stream().allMatch(payload -> Arrays.equals(payload, payloads.get(0)));
    }

    Object wire() {
      List<byte[]> sent = allAlike() ? payloads.subList(0, 1) : payloads;
      return new Object[] {outcome.name(), payloads.size(), sent.toArray(byte[][]::new)};
    }

    static Answer read(Object wire) {
      Object[] parts = (Object[]) wire;
      Outcome outcome = Outcome.valueOf((String) parts[0]);
      int workers = (int) parts[1];
      List<byte[]> sent = Arrays.asList((byte[][]) parts[2]);
      return new Answer(outcome, sent.size() < workers ? nCopies(workers, sent.get(0)) : sent);
    }
  }
}
