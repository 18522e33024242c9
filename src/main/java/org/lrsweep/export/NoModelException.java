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

  private NoModelException(String runId, String reason) {
    super("Run " + runId + " " + reason);
  }

  /** Its network reads examples that only the run's own configuration describes. */
  static NoModelException ofOwnData(String runId) {
    return new NoModelException(
        runId,
        "is of data of your own, which export --best doesn't describe yet; its networks are where"
            + " the columns best_model_path and model_path of trials say");
  }
}
