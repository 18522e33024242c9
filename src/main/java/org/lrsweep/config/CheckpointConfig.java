package org.lrsweep.config;

import java.time.Duration;

/**
 * What a run keeps to be resumed from. None of it changes what is trained.
 *
 * @param finderSteps steps of the range test between two checkpoints, {@code >= 1}
 * @param trials after what a trial keeps one
 * @param keep what becomes of them after a run's end
 */
public record CheckpointConfig(int finderSteps, TrialCheckpoints trials, AfterRun keep) {
  private static final String TRIALS = "checkpoint.trials";

  /**
   * After what a trial keeps a checkpoint.
   *
   * @param after what
   * @param time how much of it at least, where it is time; else zero
   */
  public record TrialCheckpoints(After after, Duration time) {

    static TrialCheckpoints of(String value) {
      return switch (value) {
        case "round" -> new TrialCheckpoints(After.ROUND, Duration.ZERO);
        case "epoch" -> new TrialCheckpoints(After.EPOCH, Duration.ZERO);
        default -> new TrialCheckpoints(After.TIME, time(value));
      };
    }

    private static Duration time(String value) {
      String expected = "round, epoch or a time with its unit, as 10s or 5 minutes";
      return Times.positive(TRIALS, value, expected);
    }
  }

  /** What passes between two checkpoints of a trial. */
  public enum After {
    ROUND,
    EPOCH,
    TIME
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
    return new CheckpointConfig(
        finderSteps, TrialCheckpoints.of(trials), keep ? AfterRun.KEEP : AfterRun.DELETE);
  }
}
