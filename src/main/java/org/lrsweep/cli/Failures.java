package org.lrsweep.cli;

import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.config.Secrets;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.experiment.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one sentence; the log has the rest. */
final class Failures implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    command.getErr().println("lrsweep: " + Secrets.masked(sentence(failure)));
    command.getErr().flush();
    if (isRefusal(failure)) {
      return ExitCode.USAGE;
    }
    LOG.error("The command failed", failure);
    return ExitCode.SOFTWARE;
  }

  /** The same misuse, without the passwords that its message repeats from the command line. */
  static ParameterException masked(ParameterException misuse) {
    String message = String.valueOf(misuse.getMessage());
    String masked = Secrets.masked(message);
    return masked.equals(message)
        ? misuse
        : new ParameterException(misuse.getCommandLine(), masked);
  }

  private static boolean isRefusal(Exception failure) {
    return failure instanceof InvalidConfigException
        || failure instanceof InvalidDataException
        || failure instanceof RefusedException;
  }

  private static String sentence(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
