package org.lrsweep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.HadoopSettings;
import org.lrsweep.experiment.Plan;
import org.lrsweep.experiment.RefusedException;
import picocli.CommandLine.Option;

/** The options of every command that works on an experiment. */
final class ExperimentOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The experiment: a HOCON file, or a Hadoop URI of one.")
  private String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the experiment; may be given several times.")
  private List<String> settings = new ArrayList<>();

  boolean areGiven() {
    return config != null || !settings.isEmpty();
  }

  /** The experiment and what its names stand for. */
  Plan plan() {
    return new Plan(load());
  }

  ExperimentConfig load() {
    if (config == null) {
      throw new RefusedException(
          "--config FILE is missing; name an experiment file, as conf/quickstart.conf");
    }
    return ConfigLoader.load(text(), config, settings);
  }

  private String text() {
    try {
      Path local = Path.of(config);
      if (!config.contains("://") && Files.isRegularFile(local)) {
        return Files.readString(local);
      }
      org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(config);
      try (InputStream in = remote.getFileSystem(HadoopSettings.configuration()).open(remote)) {
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
