package org.lrsweep.sweep;

/**
 * How trials are run. How many run at once changes nothing that they compute; nor does the length
 * of a round, where one worker trains a trial. Several workers average at the end of each round.
 *
 * @param parallel how many trials run at the same time
 * @param stepsPerRound steps of a round, {@code >= 1}
 * @param divergenceFactor times its start at which a trial's loss has diverged, {@code > 1}
 * @param retries how often a trial that throws is tried again, from its last checkpoint, {@code >=
 *     0}
 * @param weights which weights are evaluated beside the last ones
 */
public record SweepSettings(
    ParallelTrials parallel,
    int stepsPerRound,
    double divergenceFactor,
    int retries,
    WeightSettings weights) {

  /**
   * Settings that keep the last weights alone.
   *
   * @param parallelTrials trials at the same time, {@code >= 1}
   */
  public SweepSettings(
      int parallelTrials, int stepsPerRound, double divergenceFactor, int retries) {
    this(
        ParallelTrials.fixed(parallelTrials),
        stepsPerRound,
        divergenceFactor,
        retries,
        WeightSettings.none());
  }

  /**
   * One trial at a time, rounds of 250 steps, divergence at four times the first loss, no retries.
   */
  public static SweepSettings defaults() {
    return new SweepSettings(1, 250, 4, 0);
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public SweepSettings {
    if (stepsPerRound < 1) {
      throw new IllegalArgumentException("stepsPerRound must be >= 1, found " + stepsPerRound);
    }
    if (retries < 0) {
      throw new IllegalArgumentException("retries must be >= 0, found " + retries);
    }
    if (!(divergenceFactor > 1)) {
      throw new IllegalArgumentException("divergenceFactor must be > 1, found " + divergenceFactor);
    }
  }
}
