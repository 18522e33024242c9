package org.lrsweep.export;

/** A run has no network to export. */
public final class NoModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoModelException(String runId) {
    super(
        "Run "
            + runId
            + " has no trial with a network of its best epoch; train some, or export another run");
  }
}
