package org.lrsweep.cli;

import org.lrsweep.experiment.RunChoice;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which run a command makes: a new one, or one that was broken off. */
final class RunIdOption {
  @ArgGroup(exclusive = true)
  private Choice choice = new Choice();

  private static final class Choice {
    @Option(
        names = "--run-id",
        paramLabel = "ID",
        description = "Names the run; by default made of the time and chance.")
    private String runId;

    @Option(
        names = "--resume",
        paramLabel = "ID",
        description =
            "Goes on with a run of this output that was broken off, or with the last one, from its"
                + " last checkpoint.")
    private String resumed;
  }

  RunChoice value() {
    if (choice.resumed != null) {
      return RunChoice.resume(choice.resumed);
    }
    return choice.runId == null ? RunChoice.fresh() : RunChoice.named(choice.runId);
  }
}
