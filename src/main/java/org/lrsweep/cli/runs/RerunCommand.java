package org.lrsweep.cli.runs;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lrsweep.experiment.command.RecordedCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lrsweep rerun}: the command that made a run. Starts no Spark. */
@Command(
    name = "rerun",
    description = "Prints the command that made a run, to be pasted; says what has changed since.",
    mixinStandardHelpOptions = true)
public final class RerunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOptions output;
  @Mixin private RunIdParameter run;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Writes the configuration that the run had into this new file, and prints the command"
              + " with it.")
  private Path file;

  @Override
  public Integer call() {
    var store = output.store();
    RecordedCommand command = RecordedCommand.of(store, run.in(store));
    if (file == null) {
      command.doubts().forEach(doubt -> spec.commandLine().getErr().println("NOTE: " + doubt));
      spec.commandLine().getErr().flush();
      spec.commandLine().getOut().println(command.line());
    } else {
      spec.commandLine().getOut().println(command.withConfigIn(file));
    }
    return ExitCode.OK;
  }
}
