package org.lrsweep.cli;

import java.util.Optional;
import org.lrsweep.bench.BenchCommand;
import org.lrsweep.cli.runs.ExportCommand;
import org.lrsweep.cli.runs.ReportCommand;
import org.lrsweep.cli.runs.RerunCommand;
import org.lrsweep.cli.runs.RunsCommand;
import org.lrsweep.cli.runs.ShowCommand;
import org.lrsweep.cli.runs.StopCommand;
import org.lrsweep.cli.schedule.ScheduleCommand;
import org.lrsweep.cluster.DriverMemory;
import org.lrsweep.cluster.JavaVersion;
import org.lrsweep.cluster.PresentContext;
import org.lrsweep.cluster.SparkVersion;
import org.lrsweep.cluster.UnnamedUser;
import org.lrsweep.experiment.command.AppVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;

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
      StopCommand.class,
      ExportCommand.class,
      RerunCommand.class,
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
   * application master takes a driver that exits by itself, with whatever code, for one that broke
   * off. It is told a failure's code by an exception of Spark's. A process that had a Spark context
   * before, as a notebook's, goes on, and if the context ended meanwhile too: it gets an exception.
   *
   * @throws Exception if the command failed in YARN's application master
   * @throws IllegalStateException if it failed in a process that had a Spark context
   */
  public static void main(String[] args) throws Exception {
    boolean wasGuest = isGuest();
    int exitCode = execute(args);
    if (exitCode == CommandLine.ExitCode.OK) {
      return;
    }
    if (wasGuest || isGuest()) {
      throw new IllegalStateException(
          "lrsweep ended with exit code " + exitCode + "; standard error says why");
    }
    if (isYarnsApplicationMaster()) {
      Optional<Exception> told = userFailure(exitCode);
      if (told.isPresent()) {
        throw told.get();
      }
    }
    System.exit(exitCode);
  }

  private static int execute(String[] args) {
    Optional<String> refusal =
        JavaVersion.refusal(Runtime.version().feature()).or(SparkVersion::refusal);
    if (refusal.isPresent()) {
      System.err.println("lrsweep: " + refusal.get());
      return CommandLine.ExitCode.USAGE;
    }
    UnnamedUser.tellHadoop();
    DriverMemory.leaveNativeMemoryUnlimited();
    return commandLine().execute(args);
  }

  /** By name, since Spark does not publish it; empty where there is none. */
  private static Optional<Exception> userFailure(int exitCode) {
    try {
      Object failure =
          Class.forName("org.apache.spark.SparkUserAppException")
              .getConstructor(int.class)
              .newInstance(exitCode);
      return Optional.of((Exception) failure);
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      return Optional.empty();
    }
  }

  /** Whether this JVM has a context, which before and after a command is none of the command's. */
  private static boolean isGuest() {
    try {
      return PresentContext.isThere();
    } catch (LinkageError e) {
      return false; // no Spark, or one that is refused
    }
  }

  private static boolean isYarnsApplicationMaster() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  public static CommandLine commandLine() {
    Failures failures = new Failures();
    CommandLine command =
        new CommandLine(new LrSweep())
            .setExecutionStrategy(failures)
            .setExecutionExceptionHandler(failures);
    IParameterExceptionHandler misuse = command.getParameterExceptionHandler();
    return command.setParameterExceptionHandler(
        (e, arguments) -> misuse.handleParseException(Failures.masked(e), arguments));
  }
}
