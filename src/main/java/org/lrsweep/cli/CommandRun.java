package org.lrsweep.cli;

import java.util.function.Predicate;
import org.lrsweep.experiment.ExperimentRun;
import org.lrsweep.experiment.Plan;
import org.lrsweep.experiment.RunOutput;
import org.lrsweep.experiment.Session;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** A run as a command line asks for it. */
final class CommandRun {
  private final ExperimentRun run;

  private CommandRun(ExperimentRun run) {
    this.run = run;
  }

  static CommandRun of(Plan plan, RunIdOption id, VerbosityOptions verbosity, CommandSpec command) {
    return new CommandRun(
        new ExperimentRun(
            plan,
            id.value(),
            verbosity.value(),
            command.root().commandLine().getParseResult().originalArgs(),
            command.commandLine().getOut()));
  }

  /** Executes the run; returns the exit code. */
  int execute(RunOutput.Work work, Predicate<Session> training) {
    return run.execute(work, training) ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
