package org.lrsweep.config;

/**
 * What a run keeps to be resumed from. None of it changes what is trained.
 *
 * @param finderSteps steps of the range test between two checkpoints, {@code >= 1}
 * @param trials after what a trial keeps one
 * @param keep what becomes of them after a run's end
 */
public record CheckpointConfig(int finderSteps, TrialCheckpoints trials, AfterRun keep) {

  /** After what a trial keeps a checkpoint. */
  public enum TrialCheckpoints {
    ROUND,
    EPOCH
  }

  /** What becomes of checkpoints when their run is complete. */
  public enum AfterRun {
    DELETE,
    KEEP
  }

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public CheckpointConfig {
    Check.atLeast(1, "checkpoint.finder-steps", finderSteps);
  }

  static CheckpointConfig of(int finderSteps, String trials, boolean keep) {
    Check.that(
        trials.equals("round") || trials.equals("epoch"),
        "checkpoint.trials",
        "round or epoch",
        trials);
    return new CheckpointConfig(
        finderSteps,
        trials.equals("round") ? TrialCheckpoints.ROUND : TrialCheckpoints.EPOCH,
        keep ? AfterRun.KEEP : AfterRun.DELETE);
  }
}
