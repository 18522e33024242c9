package org.lrsweep.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a sweep or a trial ends before it is done. Changes no bit of what is trained until then.
 *
 * @param timeBudget after which no trial begins and each ends with its cycle, {@code > 0}; empty:
 *     none
 * @param maxFailures failed trials after which no other begins, {@code >= 1}; empty: any number
 * @param prune whether trials end that are worse than the others
 */
public record LimitsConfig(Optional<Duration> timeBudget, OptionalInt maxFailures, boolean prune) {

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public LimitsConfig {
    maxFailures.ifPresent(most -> Check.atLeast(1, "sweep.max-failures", most));
  }

  static LimitsConfig of(Optional<String> timeBudget, OptionalInt maxFailures, boolean prune) {
    return new LimitsConfig(
        timeBudget.map(
            time ->
                Times.positive(
                    "sweep.time-budget",
                    time,
                    "a time with its unit, as 3h or 90 minutes, or null")),
        maxFailures,
        prune);
  }
}
