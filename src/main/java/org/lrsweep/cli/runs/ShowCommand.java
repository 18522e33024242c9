package org.lrsweep.cli.runs;

import java.util.concurrent.Callable;
import org.lrsweep.report.RunSummary;
import org.lrsweep.results.ResultStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lrsweep show}: a run's range, trials and where everything lies. Starts no Spark. */
@Command(
    name = "show",
    description = "Shows a run: its range and why, its trials ranked, and where everything lies.",
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOptions output;
  @Mixin private RunIdParameter run;

  @Override
  public Integer call() {
    ResultStore store = output.store();
    String id = run.in(store);
    spec.commandLine().getOut().println(RunSummary.of(store, id, output.next()));
    return ExitCode.OK;
  }
}
