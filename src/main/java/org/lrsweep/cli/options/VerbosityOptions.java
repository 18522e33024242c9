package org.lrsweep.cli.options;

import org.lrsweep.terminal.Verbosity;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How much a command says while it trains. */
public final class VerbosityOptions {
  @ArgGroup private Choice choice = new Choice();

  private static final class Choice {
    @Option(
        names = {"-q", "--quiet"},
        description = "Says nothing of how it gets on, only the summary at the end.")
    private boolean quiet;

    @Option(
        names = {"-v", "--verbose"},
        description = "Says more: a line for each epoch, and all log messages from INFO on.")
    private boolean verbose;
  }

  /** What is asked for. */
  public Verbosity value() {
    if (choice.quiet) {
      return Verbosity.QUIET;
    }
    return choice.verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
  }
}
