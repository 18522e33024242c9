package org.lrsweep.experiment.run;

import java.util.function.Supplier;
import org.lrsweep.checkpoint.CheckpointException;
import org.lrsweep.checkpoint.DamagedCheckpointException;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.results.ResultsException;

/** What a run has kept, which can be damaged, or another trial's. */
public final class RunReading {
  private RunReading() {}

  /**
   * Reads it before anything is trained.
   *
   * @throws RefusedException if it can't be read
   */
  public static <T> T orRefused(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ResultsException
        | CheckpointException
        | DamagedCheckpointException
        | IllegalStateException e) {
      throw new RefusedException(e.getMessage(), e);
    }
  }
}
