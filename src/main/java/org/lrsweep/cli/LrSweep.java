package org.lrsweep.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code lrsweep <command>}. Exits 0 on success, 2 on bad usage or input, 1 else. */
@Command(
    name = "lrsweep",
    description =
        "Finds a learning-rate range on Spark and sweeps cyclical learning rates over it.",
    mixinStandardHelpOptions = true,
    versionProvider = AppVersion.class,
    subcommands = {
      RunCommand.class,
      FindCommand.class,
      SweepCommand.class,
      ReportCommand.class,
      RunsCommand.class,
      ShowCommand.class,
      SuggestCommand.class,
      ScheduleCommand.class,
      BenchCommand.class,
      DataCommand.class,
      CommandLine.HelpCommand.class
    })
public final class LrSweep {
  private LrSweep() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new LrSweep()).setExecutionExceptionHandler(new Failures());
  }
}
