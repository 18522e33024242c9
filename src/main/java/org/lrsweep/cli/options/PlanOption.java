package org.lrsweep.cli.options;

import picocli.CommandLine.Option;

/** Whether a command only says what it would do. */
public final class PlanOption {
  @Option(
      names = "--plan",
      description =
          "Says what the command would do, in steps, trials, memory and disk, and ends; beside"
              + " --extend, where each trial goes on, and how long it takes.")
  private boolean plan;

  /** Whether the command is to say what it would do, and end. */
  public boolean isWanted() {
    return plan;
  }
}
