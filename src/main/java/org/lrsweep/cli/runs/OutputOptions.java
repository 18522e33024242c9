package org.lrsweep.cli.runs;

import java.io.IOException;
import org.lrsweep.checkpoint.RunFolder;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.experiment.command.CommandLines;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.ResultsException;
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

  /** The command lines that come after one on this output. */
  CommandLines next() {
    return CommandLines.of(output);
  }

  /** Whether a process is at work on a run. */
  boolean isAtWork(String runId) {
    return folder(runId).isHeld();
  }

  /** What a run keeps while it goes on. */
  RunFolder folder(String runId) {
    return folder(output, runId);
  }

  static RunFolder folder(String output, String runId) {
    try {
      return new RunFolder(new OutputFiles(output, HadoopSettings.configuration()), runId);
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
}
