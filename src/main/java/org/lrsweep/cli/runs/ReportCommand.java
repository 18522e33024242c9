package org.lrsweep.cli.runs;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.lrsweep.cli.options.ExperimentOptions;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.StoredRun;
import org.lrsweep.report.Report;
import org.lrsweep.results.ResultStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lrsweep report}: rebuilds plots and page of a run from its tables. Starts no Spark. */
@Command(
    name = "report",
    description = "Rebuilds a run's plots and page from its Parquet tables.",
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
  private static final int SECONDS = 10;

  @Spec private CommandSpec spec;
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The results' folder or Hadoop URI, instead of an experiment's.")
  private String output;

  @Option(
      names = "--run",
      paramLabel = "RUN_ID",
      description = "The run; by default the latest of the output.")
  private String run;

  @Option(
      names = "--watch",
      description =
          "Rebuilds it every " + SECONDS + " seconds, as long as a process is at work on the run.")
  private boolean watch;

  @Option(
      names = "--runs",
      split = ",",
      paramLabel = "RUN_ID",
      description = "Compares these runs on one page instead.")
  private List<String> compared = List.of();

  @Override
  public Integer call() throws InterruptedException {
    if (watch && !compared.isEmpty()) {
      throw new RefusedException("report watches one run, by --run; leave out --runs or --watch");
    }
    if (output != null && options.areGiven()) {
      throw new RefusedException(
          "report takes --output DIR or an experiment by --config, not both");
    }
    String where = output == null ? options.output() : output;
    ResultStore store = OutputOptions.store(where);
    if (!compared.isEmpty()) {
      compared.forEach(id -> StoredRun.id(store, id));
      spec.commandLine().getOut().println("Comparison: " + Report.compare(store, compared));
      return ExitCode.OK;
    }
    String runId = StoredRun.id(store, run);
    Report.write(store, runId);
    spec.commandLine().getOut().println("Report: " + store.reportDirectory(runId));
    spec.commandLine().getOut().flush();
    while (watch && OutputOptions.folder(where, runId).isHeld()) {
      TimeUnit.SECONDS.sleep(SECONDS);
      Report.write(store, runId);
    }
    return ExitCode.OK;
  }
}
