package org.lrsweep.training.exchange;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What workers of one job and the driver say to each other, so that the workers can go on together
 * from round to round without the driver starting a job for each.
 */
final class Meetings {
  private Meetings() {}

  /**
   * A worker has come to a meeting.
   *
   * @param stint the job
   * @param meeting the number of the meeting within it, 0-based
   * @param worker who
   * @param what it has to say to all
   */
  record Arrival(int stint, int meeting, int worker, Serializable what) implements Serializable {}

  /** A worker doesn't want to wait for the others any longer. */
  record Impatience(int stint, int meeting) implements Serializable {}

  /** How a meeting ends, for each who came. */
  sealed interface Outcome extends Serializable {}

  /**
   * All have come.
   *
   * @param words what each had to say, in the workers' order
   */
  record Together(ArrayList<Serializable> words) implements Outcome {
    static Together of(List<Serializable> words) {
      return new Together(new ArrayList<>(words));
    }
  }

  /** Some have not; all who come to this meeting are told so, and nobody goes on. */
  record Apart() implements Outcome {}

  /** The others have gone on from this meeting, or the job is over. */
  record TooLate() implements Outcome {}
}
