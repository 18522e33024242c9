package org.lrsweep.cli.options;

import java.util.List;
import java.util.Optional;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.request.RunLabels;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which run a command makes, a new one or one that was broken off, and what is said of it. */
public final class RunIdOption {
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

  @Option(
      names = "--tag",
      split = ",",
      paramLabel = "TAG",
      description = "Tags the run, to find it in lrsweep runs; may be given several times.")
  private List<String> tags = List.of();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Says something about the run, which list, summary and page show.")
  private String note;

  /** The run that is asked for. */
  public RunChoice value() {
    return run().labelled(labels());
  }

  /** Whether a run is named. */
  public boolean isGiven() {
    return choice.runId != null || choice.resumed != null;
  }

  /** A finished run, to be extended. */
  public RunChoice extending(String finished) {
    return RunChoice.extend(finished).labelled(labels());
  }

  private RunLabels labels() {
    return new RunLabels(tags, Optional.ofNullable(note));
  }

  private RunChoice run() {
    if (choice.resumed != null) {
      return RunChoice.resume(choice.resumed);
    }
    return choice.runId == null ? RunChoice.fresh() : RunChoice.named(choice.runId);
  }
}
