package org.lrsweep.training.state;

import static java.util.Collections.nCopies;

import java.util.Arrays;
import java.util.List;

/**
 * What workers of one job and the driver say to each other, so that the workers can go on together
 * from round to round without the driver starting a job for each.
 *
 * <p>On the wire it is arrays of the JDK's own types: Spark's RPC reads messages with a class
 * loader that doesn't know the application's jar. What the workers tell each other is bytes to it.
 */
final class Meetings {
  private Meetings() {}

  /**
   * A worker has come to a meeting.
   *
   * @param stint the job
   * @param meeting the number of the meeting within it, 0-based
   * @param worker who
   * @param word what it has to say to all
   */
  @SuppressWarnings("ArrayRecordComponent") // a message, read once
  record Arrival(int stint, int meeting, int worker, byte[] word) {
    Object wire() {
      return new Object[] {stint, meeting, worker, word};
    }

    static Arrival read(Object wire) {
      Object[] parts = (Object[]) wire;
      return new Arrival((int) parts[0], (int) parts[1], (int) parts[2], (byte[]) parts[3]);
    }
  }

  /** A worker doesn't want to wait for the others any longer. */
  record Impatience(int stint, int meeting) {
    Object wire() {
      return new int[] {stint, meeting};
    }

    static Impatience read(Object wire) {
      int[] parts = (int[]) wire;
      return new Impatience(parts[0], parts[1]);
    }
  }

  /** How a meeting ends, for each who came. */
  enum Outcome {
    /** All have come. */
    TOGETHER,
    /** Some have not; all who come to this meeting are told so, and nobody goes on. */
    APART,
    /** The others have gone on from this meeting, or the job is over. */
    TOO_LATE
  }

  /**
   * What each who came is told. Where all said the same, as workers with equal shares do, it is
   * sent once: else the driver would send as many words as there are pairs of workers.
   *
   * @param words what each had to say, in the workers' order, if all have come; else none
   */
  record Answer(Outcome outcome, List<byte[]> words) {
    static Answer of(Outcome outcome) {
      return new Answer(outcome, List.of());
    }

    /** Whether there are words and all are the same. */
    boolean allAlike() {
      return !words.isEmpty() && words.stream().allMatch(word -> Arrays.equals(word, words.get(0)));
    }

    Object wire() {
      List<byte[]> sent = allAlike() ? words.subList(0, 1) : words;
      return new Object[] {outcome.name(), words.size(), sent.toArray(byte[][]::new)};
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
