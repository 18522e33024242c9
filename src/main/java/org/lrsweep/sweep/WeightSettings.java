package org.lrsweep.sweep;

import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.NormStatistics;

/**
 * Which weights of a trial are evaluated beside its last ones.
 *
 * @param average the mean that is kept
 * @param emaDecay of the exponential mean: the part that is left of it after a step, {@code 0 <=
 *     emaDecay < 1}
 * @param snapshots how many of the last cycles' ends make an ensemble, {@code >= 0}; 0: none do
 */
public record WeightSettings(Average average, double emaDecay, int snapshots) {

  /** The last weights alone. */
  public static WeightSettings none() {
    return new WeightSettings(Average.NONE, 0.999, 0);
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public WeightSettings {
    if (!(emaDecay >= 0 && emaDecay < 1)) {
      throw new IllegalArgumentException("emaDecay must be >= 0 and < 1, found " + emaDecay);
    }
    if (snapshots < 0) {
      throw new IllegalArgumentException("snapshots must be >= 0, found " + snapshots);
    }
  }

  /** Where the statistics lie that a mean needs anew. */
  NormStatistics statistics(NetworkSpec network) {
    return average == Average.NONE ? NormStatistics.none() : NormStatistics.of(network);
  }

  /** Whether there is anything to evaluate beside the last weights. */
  public boolean hasAny() {
    return average != Average.NONE || snapshots > 0;
  }
}
