package org.lrsweep.config;

import java.util.OptionalDouble;

/**
 * The policy one_cycle.
 *
 * @param upFraction the climb's part of the steps, {@code 0 < upFraction < 1}
 * @param annealing the name of its ways' shape
 * @param finalAnnealing the name of when the learning rate goes below the lower bound
 * @param finalFraction the last learning rate as a part of the lower bound, {@code 0 <=
 *     finalFraction <= 1}
 * @param baseMomentum the momentum at the peak, {@code 0 <= baseMomentum <= maxMomentum}; empty if
 *     the momentum stays
 * @param maxMomentum the momentum at the low end, {@code < 1}; empty if the momentum stays
 */
public record OneCycleConfig(
    double upFraction,
    String annealing,
    String finalAnnealing,
    double finalFraction,
    OptionalDouble baseMomentum,
    OptionalDouble maxMomentum) {

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public OneCycleConfig {
    Check.that(
        upFraction > 0 && upFraction < 1, "sweep.one-cycle.up-fraction", "> 0 and < 1", upFraction);
    Check.that(
        finalFraction >= 0 && finalFraction <= 1,
        "sweep.one-cycle.final-fraction",
        ">= 0 and <= 1",
        finalFraction);
    Check.that(
        baseMomentum.isPresent() == maxMomentum.isPresent(),
        "sweep.one-cycle.base-momentum and sweep.one-cycle.max-momentum",
        "given both or both null",
        text(baseMomentum) + " and " + text(maxMomentum));
    maxMomentum.ifPresent(max -> Check.fraction("sweep.one-cycle.max-momentum", max));
    baseMomentum.ifPresent(
        base ->
            Check.that(
                base >= 0 && base <= maxMomentum.getAsDouble(),
                "sweep.one-cycle.base-momentum",
                ">= 0 and <= sweep.one-cycle.max-momentum (" + maxMomentum.getAsDouble() + ")",
                base));
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.valueOf(value.getAsDouble()) : "null";
  }
}
