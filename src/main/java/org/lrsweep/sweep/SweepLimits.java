package org.lrsweep.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * What ends a sweep's trials before they are done: a budget of time, failures, and being worse than
 * the others. Serves one sweep, whose time begins with it. Thread-safe.
 */
public final class SweepLimits implements SweepListener, TrialStops {
  private final Optional<Duration> timeBudget;
  private final OptionalInt maxFailures;
  private final Optional<Pruning> pruning;
  private final LongSupplier clock;
  private final long start;
  private int failures;

  /**
   * @param timeBudget of the sweep, {@code > 0}; empty: none
   * @param maxFailures after which no trial begins, {@code >= 1}; empty: any number
   * @param pruning of the same trials; empty: none
   */
  public SweepLimits(
      Optional<Duration> timeBudget, OptionalInt maxFailures, Optional<Pruning> pruning) {
    this(timeBudget, maxFailures, pruning, System::nanoTime);
  }

  /**
   * @param clock nanoseconds since any moment
   */
  SweepLimits(
      Optional<Duration> timeBudget,
      OptionalInt maxFailures,
      Optional<Pruning> pruning,
      LongSupplier clock) {
    this.timeBudget = timeBudget;
    this.maxFailures = maxFailures;
    this.pruning = pruning;
    this.clock = clock;
    start = clock.getAsLong();
  }

  /** None: every trial goes on to its end. */
  public static SweepLimits none() {
    return new SweepLimits(Optional.empty(), OptionalInt.empty(), Optional.empty());
  }

  /** Why no further trial begins; empty if it may. */
  Optional<String> refusal() {
    if (hasTooManyFailures()) {
      return Optional.of(
          "it was not begun, since sweep.max-failures = "
              + maxFailures.getAsInt()
              + " trials had failed");
    }
    return isOver()
        ? Optional.of("it was not begun, since " + budget() + " was over")
        : Optional.empty();
  }

  @Override
  public Optional<String> reason(Trial trial, List<TrialEpoch> epochs) {
    Optional<String> worse = pruning.flatMap(rule -> rule.reason(trial, epochs));
    if (worse.isPresent()) {
      return worse;
    }
    return isOver() && trial.restsAfter(epochs.size())
        ? Optional.of(
            "it stopped after epoch " + epochs.size() + ", since " + budget() + " was over")
        : Optional.empty();
  }

  private boolean isOver() {
    return timeBudget.filter(time -> clock.getAsLong() - start > time.toNanos()).isPresent();
  }

  private String budget() {
    return "sweep.time-budget (" + timeBudget.orElseThrow().toString().substring(2) + ")";
  }

  @Override
  public synchronized void trialEnded(TrialOutcome outcome) {
    if (outcome.error().isPresent() && outcome.hasFailed()) {
      failures++;
    }
    pruning.ifPresent(rule -> rule.ended(outcome.trial(), outcome.epochs()));
  }

  /** Lets no trial wait for another any more. */
  void breakOff() {
    pruning.ifPresent(Pruning::breakOff);
  }

  /** Whether so many trials failed that no other begins. */
  public synchronized boolean hasTooManyFailures() {
    return maxFailures.isPresent() && failures >= maxFailures.getAsInt();
  }
}
