package org.lrsweep.experiment;

/** A run was asked to stop, and did; it can be gone on with. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoppedException(Throwable cause) {
    super("the run was asked to stop", cause);
  }

  /**
   * @param resume a sentence that says how to go on
   */
  StoppedException(String runId, String resume, StoppedException cause) {
    super("Run " + runId + " was stopped, as it was asked to. " + resume, cause);
  }
}
