package org.lrsweep.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.command.ConfigFiles;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.request.RefusedException;
import picocli.CommandLine.Option;

/** The options of every command that works on an experiment. */
public final class ExperimentOptions {
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

  /** Whether an experiment is named, or a key of one set. */
  public boolean areGiven() {
    return config != null || !settings.isEmpty();
  }

  /** The experiment and what its names stand for. */
  public Plan plan() {
    return new Plan(load());
  }

  /**
   * The experiment.
   *
   * @throws RefusedException if none is named
   * @throws org.lrsweep.config.InvalidConfigException if it can't be read or is none
   */
  public ExperimentConfig load() {
    if (config == null) {
      throw new RefusedException(
          "--config FILE is missing; name an experiment file, as conf/quickstart.conf");
    }
    return ConfigLoader.load(ConfigFiles.named(config), settings);
  }

  /** Where the experiment's results lie; otherwise as {@link #load}. */
  public String output() {
    return load().output();
  }
}
