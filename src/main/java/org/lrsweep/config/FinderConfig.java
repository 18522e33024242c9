package org.lrsweep.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The range test.
 *
 * @param startLr the first learning rate, {@code > 0}
 * @param endLr the last learning rate, {@code > startLr}
 * @param growth how the learning rate grows
 * @param epochs passes over the training set, {@code >= 1}; empty: from {@code sampleSize}
 * @param sampleSize steps that the test should have at least, {@code >= 1}
 * @param workers tasks that share each batch, {@code >= 1}
 * @param averagingFrequency steps between two averagings, {@code >= 1}
 * @param beta smoothing of the loss, {@code 0 <= beta < 1}
 * @param stopFactor times the best smoothed loss at which the test stops, {@code > 1}
 * @param repeats range tests with seeds of their own, combined into one curve, {@code >= 1}
 * @param method the method whose range is used
 * @param confirm how its upper bound is confirmed by short cycles; empty if it isn't
 */
public record FinderConfig(
    double startLr,
    double endLr,
    String growth,
    OptionalInt epochs,
    int sampleSize,
    int workers,
    int averagingFrequency,
    double beta,
    double stopFactor,
    int repeats,
    String method,
    Optional<ConfirmConfig> confirm) {

  private static final String CONFIRMED = "descent";

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public FinderConfig {
    Check.that(startLr > 0, "finder.start-lr", "> 0", startLr);
    Check.that(
        endLr > startLr && Double.isFinite(endLr),
        "finder.end-lr",
        "> finder.start-lr (" + startLr + ")",
        endLr);
    epochs.ifPresent(n -> Check.atLeast(1, "finder.epochs", n));
    Check.atLeast(1, "finder.sample-size", sampleSize);
    Check.atLeast(1, "finder.workers", workers);
    Check.atLeast(1, "finder.averaging-frequency", averagingFrequency);
    Check.fraction("finder.beta", beta);
    Check.that(stopFactor > 1, "finder.stop-factor", "> 1", stopFactor);
    Check.atLeast(1, "finder.repeats", repeats);
    Check.that(
        confirm.isEmpty() || method.equals(CONFIRMED),
        "finder.method",
        CONFIRMED + " under finder.confirm, the only one that reads a floor",
        method);
  }

  /**
   * Passes over the training set: as configured, else {@code ceil(sampleSize / stepsPerEpoch)}.
   *
   * @param stepsPerEpoch steps of one pass, {@code >= 1}
   */
  public int epochs(long stepsPerEpoch) {
    return epochs.orElseGet(() -> (int) ((sampleSize + stepsPerEpoch - 1) / stepsPerEpoch));
  }
}
