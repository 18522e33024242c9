package org.lrsweep.sweep;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.CyclicalSchedule;
import org.lrsweep.schedule.FixedSchedule;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.schedule.Schedule;

/** How a trial's learning rate moves between its bounds. */
public enum TrialPolicy {
  /** Cycles by {@link CyclicPolicy#TRIANGULAR}. */
  TRIANGULAR(CyclicPolicy.TRIANGULAR),
  /** Cycles by {@link CyclicPolicy#TRIANGULAR2}. */
  TRIANGULAR2(CyclicPolicy.TRIANGULAR2),
  /** Cycles by {@link CyclicPolicy#EXP_RANGE}. */
  EXP_RANGE(CyclicPolicy.EXP_RANGE),
  /** Stays at the upper bound: what cycles have to be better than. */
  CONSTANT(null);

  private final Optional<CyclicPolicy> cycles;

  TrialPolicy(CyclicPolicy cycles) {
    this.cycles = Optional.ofNullable(cycles);
  }

  /** The policy's name in the configuration and in the result tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The policy of a name.
   *
   * @throws IllegalArgumentException if no policy has it
   */
  public static TrialPolicy of(String label) {
    return Arrays.stream(values())
        .filter(policy -> policy.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "policy must be one of "
                        + Arrays.stream(values())
                            .map(TrialPolicy::label)
                            .collect(Collectors.joining(", "))
                        + ", found "
                        + label));
  }

  /** The learning rate of each step. */
  Schedule schedule(LrRange bounds, long stepSizeSteps, double gamma) {
    return cycles
        .<Schedule>map(
            policy ->
                new CyclicalSchedule(policy, bounds.baseLr(), bounds.maxLr(), stepSizeSteps, gamma))
        .orElseGet(() -> new FixedSchedule(bounds.maxLr()));
  }
}
