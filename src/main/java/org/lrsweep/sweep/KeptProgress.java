package org.lrsweep.sweep;

import java.util.Optional;
import org.lrsweep.checkpoint.Snapshot;

/**
 * How far a trial is that goes on from a checkpoint.
 *
 * @param epochs finished
 * @param steps trained
 */
public record KeptProgress(int epochs, long steps) {

  /**
   * What a checkpoint has of a trial.
   *
   * @return empty if it lacks weights that the trial averages or ensembles, so that the trial is
   *     trained from its start
   * @throws IllegalStateException if it is the checkpoint of another trial
   */
  public static Optional<KeptProgress> of(Trial trial, WeightSettings weights, Snapshot snapshot) {
    return TrialCheckpoint.read(trial, weights, snapshot)
        .map(progress -> new KeptProgress(progress.epochs().size(), progress.steps().size()));
  }
}
