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
      ExportCommand.class,
      SuggestCommand.class,
      ScheduleCommand.class,
      BenchCommand.class,
      DataCommand.class,
      CommandLine.HelpCommand.class
    })
public final class LrSweep {
  private LrSweep() {}

  /**
   * Runs a command and ends the process with its exit code. Success returns instead: YARN's
   * application master takes a driver that exits by itself, with whatever code, for a failure.
   */
  public static void main(String[] args) {
    int exitCode = commandLine().execute(args);
    if (exitCode != CommandLine.ExitCode.OK) {
      System.exit(exitCode);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new LrSweep()).setExecutionExceptionHandler(new Failures());
  }
}
