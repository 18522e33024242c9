package org.lrsweep.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import picocli.CommandLine.Option;

/** The name of the run that a command makes. */
final class RunIdOption {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Names the run; by default made of the time and chance.")
  private String runId;

  String value() {
    return runId == null
        ? "run-" + STAMP.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 4)
        : runId;
  }
}
