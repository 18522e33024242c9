package org.lrsweep.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import org.lrsweep.results.ResultStore;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which run a command makes: a new one, or one that was broken off. */
final class RunIdOption {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

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
                + " last finished round.")
    private String resumed;
  }

  /** A new run's id. */
  String value() {
    return choice.runId == null
        ? "run-" + STAMP.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 4)
        : choice.runId;
  }

  /**
   * The run to go on with; empty if a new one is wanted.
   *
   * @throws RefusedException if the store doesn't have it
   */
  Optional<String> resumed(ResultStore store) {
    return Optional.ofNullable(choice.resumed).map(wanted -> OutputOptions.runId(store, wanted));
  }
}
