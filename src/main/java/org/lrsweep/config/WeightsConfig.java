package org.lrsweep.config;

/**
 * Which weights of a trial are evaluated beside its last ones.
 *
 * @param average the name of the mean that is kept
 * @param emaDecay what is left of the exponential mean after a step, {@code 0 <= emaDecay < 1}
 * @param snapshots whether the ends of cycles make an ensemble
 * @param lastSnapshots how many of the last ones do, {@code >= 2}
 */
public record WeightsConfig(String average, double emaDecay, boolean snapshots, int lastSnapshots) {

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public WeightsConfig {
    Check.fraction("sweep.ema-decay", emaDecay);
    Check.atLeast(2, "sweep.last-snapshots", lastSnapshots);
  }
}
