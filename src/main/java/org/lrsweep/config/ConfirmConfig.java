package org.lrsweep.config;

/**
 * How an upper bound is confirmed.
 *
 * @param rungs upper bounds that are tried, {@code >= 2}
 * @param epochs length of the cycle that each is tried by, {@code > 0}
 */
public record ConfirmConfig(int rungs, double epochs) {
  private static final int MOST_EPOCHS = 1_000;

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public ConfirmConfig {
    Check.atLeast(2, "finder.confirm-rungs", rungs);
    Check.that(
        epochs > 0 && epochs <= MOST_EPOCHS,
        "finder.confirm-epochs",
        "> 0 and <= " + MOST_EPOCHS,
        epochs);
  }
}
