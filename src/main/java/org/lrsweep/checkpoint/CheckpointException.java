package org.lrsweep.checkpoint;

import java.io.IOException;

/**
 * A checkpoint or a run's lock can't be read or written. It is the output's fault, not a trial's:
 * the run breaks off. The message is one sentence that names the file and the mend.
 */
public final class CheckpointException extends RuntimeException {
  CheckpointException(String message) {
    super(message);
  }

  CheckpointException(Object file, String failed, IOException cause) {
    super(
        file
            + " can't be "
            + failed
            + " ("
            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
            + "); check the space and the permissions of the output, then resume the run",
        cause);
  }
}
