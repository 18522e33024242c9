package org.lrsweep.bench.trials;

import java.util.Locale;

/**
 * What a sweep spent its slots' time on.
 *
 * @param network the network's name
 * @param trials how many were trained
 * @param slots how many at once
 * @param steps of each trial
 * @param seconds how long the sweep took
 * @param trainingSeconds how long the trials' steps took, added up
 */
public record TrialsResult(
    String network, int trials, int slots, int steps, double seconds, double trainingSeconds) {

  /**
   * Training as a share of what the slots had: those that a trial was left for. A sweep of one
   * trial has one slot.
   */
  public double trainingShare() {
    return trainingSeconds / (seconds * Math.min(slots, trials));
  }

  /** One object on one line. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"network\":\"%s\",\"trials\":%d,\"slots\":%d,\"steps\":%d,\"seconds\":%.3f,"
            + "\"training_seconds\":%.3f,\"training_share\":%.4f}",
        network,
        trials,
        slots,
        steps,
        seconds,
        trainingSeconds,
        trainingShare());
  }
}
