package org.lrsweep.bench.sweep;

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
}
