package org.lrsweep.cli.runs;

import org.lrsweep.experiment.request.StoredRun;
import org.lrsweep.results.ResultStore;
import picocli.CommandLine.Parameters;

/** The run that a command is about. */
final class RunIdParameter {
  @Parameters(
      arity = "0..1",
      paramLabel = "RUN_ID",
      description = "The run; by default the latest.")
  private String runId;

  /** Its id, once it is found in the store. */
  String in(ResultStore store) {
    return StoredRun.id(store, runId);
  }
}
