package org.lrsweep.cli;

import java.io.IOException;
import org.lrsweep.checkpoint.RunFolder;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.ResultsException;
import org.lrsweep.results.RunRow;
import org.lrsweep.storage.OutputFiles;
import picocli.CommandLine.Option;

/** Which output a command reads. */
final class OutputOptions {
  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "The results' folder or Hadoop URI; by default ${DEFAULT-VALUE}.")
  private String output;

  ResultStore store() {
    return store(output);
  }

  /** Whether a process is at work on a run. */
  boolean isAtWork(String runId) {
    try {
      return new RunFolder(new OutputFiles(output, HadoopSettings.configuration()), runId).isHeld();
    } catch (IOException e) {
      throw new RefusedException("--output " + output + ": " + e.getMessage(), e);
    }
  }

  static ResultStore store(String output) {
    try {
      return ResultStore.open(output, HadoopSettings.configuration());
    } catch (ResultsException e) {
      throw new RefusedException(e.getMessage(), e);
    }
  }

  /** The run of this id, or the latest one for null or {@code last}. */
  static String runId(ResultStore store, String wanted) {
    if (wanted != null && !wanted.equals("last")) {
      if (!RefusedException.unlessValid(() -> store.exists(wanted))) {
        throw new RefusedException(
            "Run " + wanted + " is not in " + store + "; lrsweep runs lists those that are");
      }
      return wanted;
    }
    return store.runs().stream()
        .reduce((earlier, later) -> later)
        .map(RunRow::runId)
        .orElseThrow(() -> new RefusedException(store + " has no runs yet"));
  }
}
