package org.lrsweep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.ExperimentConfig;
import picocli.CommandLine.Option;

/** The options of every command that works on an experiment. */
final class ExperimentOptions {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The experiment: a HOCON file, or a Hadoop URI of one.")
  private String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the experiment; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Names the run; by default made of the time and chance.")
  private String runId;

  ExperimentConfig load() {
    return ConfigLoader.load(text(), config, settings);
  }

  String runId() {
    if (runId == null) {
      runId =
          "run-" + STAMP.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 4);
    }
    return runId;
  }

  private String text() {
    try {
      Path local = Path.of(config);
      if (!config.contains("://") && Files.isRegularFile(local)) {
        return Files.readString(local);
      }
      org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(config);
      try (InputStream in = remote.getFileSystem(new Configuration()).open(remote)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException(
          "--config "
              + config
              + " can't be read ("
              + e.getMessage()
              + "); name an experiment file, as conf/quickstart.conf",
          e);
    }
  }
}
