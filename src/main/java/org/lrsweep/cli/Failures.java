package org.lrsweep.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.lrsweep.cluster.NativeCode;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.config.Secrets;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.experiment.StoppedException;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.export.NoModelException;
import org.lrsweep.sweep.RootCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Says what went wrong in one sentence; the log has the rest. */
final class Failures implements IExecutionStrategy, IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final IExecutionStrategy commands = new RunLast();
  private final Supplier<Optional<String>> nativeCode;

  Failures() {
    this(NativeCode::refusal);
  }

  /**
   * For tests.
   *
   * @param nativeCode says why networks can't run on this machine
   */
  Failures(Supplier<Optional<String>> nativeCode) {
    this.nativeCode = nativeCode;
  }

  /** Runs the command; picocli itself lets errors through. */
  @Override
  public int execute(ParseResult arguments) {
    try {
      return commands.execute(arguments);
    } catch (LinkageError e) {
      // A network can't even be planned without native code, so nothing has begun.
      Optional<String> refusal = nativeCode.get();
      throw failed(arguments, refusal.isPresent() ? new RefusedException(refusal.get(), e) : e);
    } catch (Error e) {
      throw failed(arguments, e);
    }
  }

  private static ExecutionException failed(ParseResult arguments, Throwable failure) {
    return new ExecutionException(
        arguments.commandSpec().commandLine(), sentence(failure), failure);
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    command.getErr().println("lrsweep: " + Secrets.masked(sentence(failure)));
    command.getErr().flush();
    if (isRefusal(failure)) {
      return ExitCode.USAGE;
    }
    if (failure instanceof StoppedException) {
      return ExitCode.SOFTWARE;
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
        || failure instanceof NoModelException
        || failure instanceof RefusedException;
  }

  private static String sentence(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "out of memory ("
          + failure.getMessage()
          + "); raise spark.driver.memory, or LRSWEEP_MEMORY of submit/local.sh";
    }
    if (failure instanceof LinkageError) {
      return RootCause.sentence(failure)
          + "; the libraries on the class path don't fit together: LRSweep needs Spark 3.5 for"
          + " Scala 2.12";
    }
    return failure.getMessage() == null ? RootCause.sentence(failure) : failure.getMessage();
  }
}
