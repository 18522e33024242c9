package org.lrsweep.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.lrsweep.cli.options.ExperimentOptions;
import org.lrsweep.cli.options.PlanOption;
import org.lrsweep.cli.options.VerbosityOptions;
import org.lrsweep.experiment.Experiment;
import org.lrsweep.experiment.ExperimentResult;
import org.lrsweep.experiment.command.CommandLines;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.results.RunStatus;
import org.lrsweep.terminal.Console;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** A run as a command line asks for it. */
final class CommandRun {
  private CommandRun() {}

  private static List<String> arguments(CommandSpec command) {
    return command.root().commandLine().getParseResult().originalArgs();
  }

  /**
   * Runs an experiment, or says what it would do; returns the exit code.
   *
   * @param work what the command does
   * @param plan what it says that it would do
   */
  static int execute(
      ExperimentOptions options,
      PlanOption planned,
      RunChoice run,
      VerbosityOptions verbosity,
      CommandSpec command,
      Function<Experiment, ExperimentResult> work,
      Function<Experiment, String> plan) {
    PrintWriter out = command.commandLine().getOut();
    Experiment experiment =
        Experiment.of(options.load())
            .withRun(run)
            .printingTo(
                () -> Console.open(out, verbosity.value()), CommandLines.after(arguments(command)));
    if (planned.isWanted()) {
      out.print(plan.apply(experiment));
      out.flush();
      return ExitCode.OK;
    }
    return work.apply(experiment).status() == RunStatus.COMPLETED ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
