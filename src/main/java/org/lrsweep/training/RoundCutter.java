package org.lrsweep.training;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.lrsweep.schedule.Schedule;

/**
 * Cuts the steps of a training run into rounds. No round goes beyond the end of its epoch.
 *
 * @param stepsPerEpoch steps of a pass over the training set, {@code >= 1}
 * @param stepsPerRound steps of a round at most, {@code >= 1}
 * @param batchSize examples in one step over all workers
 * @param schedule learning rate and momentum of each step of the run, 0-based
 */
public record RoundCutter(int stepsPerEpoch, int stepsPerRound, int batchSize, Schedule schedule) {

  /**
   * @throws IllegalArgumentException if there is no step in an epoch or in a round
   */
  public RoundCutter {
    if (stepsPerEpoch < 1 || stepsPerRound < 1) {
      throw new IllegalArgumentException(
          "stepsPerEpoch and stepsPerRound must be >= 1, found "
              + stepsPerEpoch
              + " and "
              + stepsPerRound);
    }
  }

  /**
   * The next rounds.
   *
   * @param from their first step, which begins a round
   * @param end the step before which the last of them ends, {@code > from}
   * @param atMost how many, {@code >= 1}
   * @param pause whether the rounds are to end where so many steps have been made
   * @return at least one round
   */
  public List<Round> rounds(long from, long end, int atMost, LongPredicate pause) {
    List<Round> rounds = new ArrayList<>();
    long step = from;
    do {
      Round next = round(step, end);
      rounds.add(next);
      step += next.steps();
    } while (rounds.size() < atMost && step < end && !pause.test(step));
    return rounds;
  }

  private Round round(long first, long end) {
    int stepOfEpoch = (int) (first % stepsPerEpoch);
    long left = Math.min(stepsPerEpoch - stepOfEpoch, end - first);
    long last = first + Math.min(stepsPerRound, left);
    return new Round(
        Math.toIntExact(first / stepsPerEpoch),
        stepOfEpoch,
        batchSize,
        LongStream.range(first, last).mapToDouble(schedule::learningRate).toArray(),
        LongStream.range(first, last)
            .mapToObj(schedule::momentum)
            .flatMapToDouble(OptionalDouble::stream)
            .toArray());
  }
}
