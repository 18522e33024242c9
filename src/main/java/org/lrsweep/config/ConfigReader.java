package org.lrsweep.config;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns a resolved configuration, in which every key has a value, into the typed experiment. */
final class ConfigReader {
  private final Config config;

  ConfigReader(Config config) {
    this.config = config;
  }

  ExperimentConfig experiment(String json) {
    long seed = config.getLong("seed");
    return new ExperimentConfig(
        config.getString("output"),
        seed,
        data(),
        config.getString("model.network"),
        optimizer(),
        integer("batch-size"),
        finder(),
        sweep(seed),
        checkpoint(),
        json);
  }

  private DataConfig data() {
    return new DataConfig(
        config.getString("data.dataset"),
        optionalString("data.directory"),
        optionalInt("data.train-examples"),
        optionalInt("data.test-examples"),
        integer("data.image-size"),
        config.getDouble("data.augmentation.shift"),
        config.getBoolean("data.augmentation.horizontal-flip"));
  }

  private OptimizerConfig optimizer() {
    return new OptimizerConfig(
        config.getString("optimizer.type"),
        config.getDouble("optimizer.momentum"),
        config.getDouble("optimizer.beta1"),
        config.getDouble("optimizer.beta2"),
        config.getDouble("optimizer.epsilon"));
  }

  private FinderConfig finder() {
    return new FinderConfig(
        config.getDouble("finder.start-lr"),
        config.getDouble("finder.end-lr"),
        config.getString("finder.growth"),
        optionalInt("finder.epochs"),
        integer("finder.sample-size"),
        integer("finder.workers"),
        integer("finder.averaging-frequency"),
        config.getDouble("finder.beta"),
        config.getDouble("finder.stop-factor"),
        integer("finder.repeats"),
        config.getString("finder.method"));
  }

  private SweepConfig sweep(long seed) {
    List<Long> seeds = config.getLongList("sweep.seeds");
    return new SweepConfig(
        config.getStringList("sweep.policies"),
        config.getDoubleList("sweep.step-sizes-epochs"),
        config.getDoubleList("sweep.base-lrs"),
        config.getDoubleList("sweep.max-lrs"),
        config.getStringList("sweep.range-methods"),
        seeds.isEmpty() ? List.of(seed) : seeds,
        config.getDouble("sweep.gamma"),
        integer("sweep.epochs"),
        integer("sweep.workers-per-trial"),
        optionalInt("sweep.parallel-trials"),
        integer("sweep.steps-per-round"),
        config.getDouble("sweep.divergence-factor"),
        integer("sweep.trial-retries"));
  }

  private CheckpointConfig checkpoint() {
    return CheckpointConfig.of(
        integer("checkpoint.finder-steps"),
        config.getString("checkpoint.trials"),
        config.getBoolean("checkpoint.keep"));
  }

  /** HOCON itself would cut 1.9 down to 1. */
  private int integer(String key) {
    double value = config.getDouble(key);
    Check.that(value == Math.rint(value), key, "a whole number", value);
    return config.getInt(key);
  }

  private Optional<String> optionalString(String key) {
    return config.getIsNull(key) ? Optional.empty() : Optional.of(config.getString(key));
  }

  private OptionalInt optionalInt(String key) {
    return config.getIsNull(key) ? OptionalInt.empty() : OptionalInt.of(integer(key));
  }
}
