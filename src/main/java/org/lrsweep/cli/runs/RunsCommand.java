package org.lrsweep.cli.runs;

import java.util.concurrent.Callable;
import org.lrsweep.report.RunList;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lrsweep runs}: lists the runs of an output. Starts no Spark. */
@Command(
    name = "runs",
    description = "Lists the runs of an output with status, range and best trial.",
    mixinStandardHelpOptions = true)
public final class RunsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(RunList.of(output.store(), output::isAtWork));
    return ExitCode.OK;
  }
}
