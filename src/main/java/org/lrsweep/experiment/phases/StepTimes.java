package org.lrsweep.experiment.phases;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long the steps of a range test take, in wall-clock time. Steps are heard of when a job's
 * losses come in, so a reading is the time between two arrivals over the steps that came; what
 * comes before the first arrival, as starting up, is left out. Thread-safe.
 */
final class StepTimes {
  /** Losses that come in closer than this came together. */
  private static final long TOGETHER_NANOS = 1_000_000;

  private final LongSupplier clock;
  private final List<Arrival> arrivals = new ArrayList<>();

  /**
   * So many steps were heard of by then.
   *
   * @param steps since the beginning
   */
  private record Arrival(long nanos, long steps) {}

  /**
   * Nanoseconds that one step takes.
   *
   * @param likely the mean
   * @param least of one step in ten, or fewer
   * @param most of one step in ten, or fewer
   */
  record Nanos(double likely, double least, double most) {
    /** As long as so many of these. */
    Nanos times(double factor) {
      return new Nanos(likely * factor, least * factor, most * factor);
    }
  }

  StepTimes(LongSupplier clock) {
    this.clock = clock;
  }

  /** A step's loss has come in. */
  synchronized void stepArrived() {
    long now = clock.getAsLong();
    Arrival last = arrivals.isEmpty() ? null : arrivals.get(arrivals.size() - 1);
    if (last != null && now - last.nanos() < TOGETHER_NANOS) {
      arrivals.set(arrivals.size() - 1, new Arrival(last.nanos(), last.steps() + 1));
    } else {
      arrivals.add(new Arrival(now, last == null ? 1 : last.steps() + 1));
    }
  }

  /** What a step took; empty before there are two arrivals. */
  synchronized Optional<Nanos> step() {
    List<Double> readings = new ArrayList<>();
    for (int i = 1; i < arrivals.size(); i++) {
      readings.add(between(arrivals.get(i - 1), arrivals.get(i)));
    }
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    readings.sort(Double::compare);
    double mean = between(arrivals.get(0), arrivals.get(arrivals.size() - 1));
    int tenth = readings.size() / 10;
    return Optional.of(
        new Nanos(
            mean,
            Math.min(mean, readings.get(tenth)),
            Math.max(mean, readings.get(readings.size() - 1 - tenth))));
  }

  private static double between(Arrival from, Arrival to) {
    return (double) (to.nanos() - from.nanos()) / (to.steps() - from.steps());
  }
}
