package org.lrsweep.experiment.phases;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.lrsweep.results.EpochRow;

/**
 * How long a step of a run's trials took, with its share of the evaluation after its epoch, by the
 * epochs that are recorded.
 *
 * @param epochs how many there are, {@code >= 1}
 * @param likely milliseconds of a step, the mean
 * @param least of one epoch in ten, or fewer
 * @param most of one epoch in ten, or fewer
 */
record EpochTimes(int epochs, double likely, double least, double most) {

  /**
   * Those of a run's trials.
   *
   * @param stepsPerEpoch of each of them
   * @return empty if no epoch was finished
   */
  static Optional<EpochTimes> of(List<EpochRow> rows, int stepsPerEpoch) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Double> times =
        rows.stream()
            .map(row -> (double) row.durationMs() / stepsPerEpoch)
            .sorted(Comparator.naturalOrder())
            .toList();
    double mean = times.stream().mapToDouble(time -> time).average().orElseThrow();
    int tenth = times.size() / 10;
    return Optional.of(
        new EpochTimes(
            times.size(),
            mean,
            Math.min(mean, times.get(tenth)),
            Math.max(mean, times.get(times.size() - 1 - tenth))));
  }

  /**
   * How long trials take, each in the first slot that is free.
   *
   * @param steps of each trial that are left, in the order in which they begin
   * @param parallel trials at the same time, {@code >= 1}
   */
  SweepEstimate estimate(List<Long> steps, int parallel) {
    PriorityQueue<Long> slots = new PriorityQueue<>();
    for (int i = 0; i < parallel; i++) {
      slots.add(0L);
    }
    long last = 0;
    for (long trial : steps) {
      long end = slots.remove() + trial;
      slots.add(end);
      last = Math.max(last, end);
    }
    return new SweepEstimate(millis(likely * last), millis(least * last), millis(most * last));
  }

  private static Duration millis(double millis) {
    return Duration.ofMillis(Math.round(millis));
  }
}
