package org.lrsweep.cli;

import picocli.CommandLine.Option;

/** Whether a command only says what it would do. */
final class PlanOption {
  @Option(
      names = "--plan",
      description = "Says what the command would do, in steps, trials, memory and disk, and ends.")
  private boolean plan;

  boolean isWanted() {
    return plan;
  }
}
