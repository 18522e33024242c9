package org.lrsweep.cli;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.ConfigFiles;
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
    return ConfigLoader.load(ConfigFiles.named(config), settings);
  }
}
