package org.lrsweep.config;

import com.typesafe.config.ConfigObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Turns a resolved configuration, in which every known key has a value, into the typed experiment.
 */
final class ConfigReader {
  private static final Set<String> HTTP = Set.of("http", "https");
  private static final String HTTP_URL = "an http or https URL with a host, or null";

  private final Values values;

  ConfigReader(ConfigObject root) {
    values = new Values(root);
  }

  ExperimentConfig experiment(String json) {
    long seed = values.whole("seed");
    return new ExperimentConfig(
        values.text("output"),
        seed,
        data(),
        model(),
        optimizer(),
        training(),
        values.integer("batch-size"),
        finder(),
        sweep(seed),
        checkpoint(),
        notifyUrl(),
        MlflowConfig.of(optionalText("mlflow.uri"), values.text("mlflow.experiment")),
        json);
  }

  private Optional<URI> notifyUrl() {
    try {
      Optional<URI> url = optionalText("notify.url").map(URI::create);
      url.ifPresent(
          given ->
              Check.that(
                  given.getHost() != null && HTTP.contains(String.valueOf(given.getScheme())),
                  "notify.url",
                  HTTP_URL,
                  "another text"));
      return url;
    } catch (IllegalArgumentException e) {
      // Neither the text nor the reason, which repeats it: it may be a secret.
      throw new InvalidConfigException("notify.url must be " + HTTP_URL + ", found another text");
    }
  }

  private DataConfig data() {
    return new DataConfig(
        values.text("data.dataset"),
        optionalText("data.directory"),
        optionalInt("data.train-examples"),
        optionalInt("data.test-examples"),
        values.integer("data.image-size"),
        values.number("data.augmentation.shift"),
        values.flag("data.augmentation.horizontal-flip"),
        values.integer("data.augmentation.crop"),
        source());
  }

  private SourceConfig source() {
    return new SourceConfig(
        part("data.train"),
        part("data.test"),
        part("data.validation"),
        optionalText("data.group"),
        values.textsBelow("data.options"),
        values.texts("data.features"),
        values.text("data.label"),
        values.text("data.task"),
        values.isNull("data.shape") ? List.of() : values.integers("data.shape"),
        values.isNull("data.classes") ? List.of() : values.texts("data.classes"),
        values.text("data.scaling"),
        values.text("data.storage"),
        values.text("data.on-bad-rows"));
  }

  private DataPart part(String key) {
    if (values.isNull(key)) {
      return new DataPart.None();
    }
    if (values.isSection(key)) {
      Map<String, String> files = values.textsBelow(key);
      Check.that(
          files.keySet().equals(Set.of("images", "labels")),
          key,
          "a path, a list of paths or {images = ..., labels = ...}",
          files.keySet());
      return new DataPart.IdxFiles(files.get("images"), files.get("labels"));
    }
    if (values.isList(key)) {
      return new DataPart.Paths(values.texts(key));
    }
    return DataPart.of(values.text(key));
  }

  private ModelConfig model() {
    return new ModelConfig(
        values.text("model.network"), ModelConfig.Weights.of(values.text("model.weights")));
  }

  private OptimizerConfig optimizer() {
    return new OptimizerConfig(
        values.text("optimizer.type"),
        values.number("optimizer.momentum"),
        values.number("optimizer.beta1"),
        values.number("optimizer.beta2"),
        values.number("optimizer.epsilon"),
        values.number("optimizer.rms-decay"),
        values.number("optimizer.weight-decay"));
  }

  private TrainingConfig training() {
    return new TrainingConfig(TrainingConfig.PrecisionChoice.of(values.text("training.precision")));
  }

  private FinderConfig finder() {
    return new FinderConfig(
        values.number("finder.start-lr"),
        values.number("finder.end-lr"),
        values.text("finder.growth"),
        optionalInt("finder.epochs"),
        values.integer("finder.sample-size"),
        values.integer("finder.workers"),
        values.integer("finder.averaging-frequency"),
        values.number("finder.beta"),
        values.number("finder.stop-factor"),
        values.integer("finder.repeats"),
        values.text("finder.method"),
        confirm());
  }

  private Optional<ConfirmConfig> confirm() {
    ConfirmConfig config =
        new ConfirmConfig(
            values.integer("finder.confirm-rungs"), values.number("finder.confirm-epochs"));
    return values.flag("finder.confirm") ? Optional.of(config) : Optional.empty();
  }

  private SweepConfig sweep(long seed) {
    List<Long> seeds = values.wholes("sweep.seeds");
    return new SweepConfig(
        values.texts("sweep.policies"),
        values.numbers("sweep.step-sizes-epochs"),
        values.numbers("sweep.base-lrs"),
        values.numbers("sweep.max-lrs"),
        values.texts("sweep.range-methods"),
        seeds.isEmpty() ? List.of(seed) : seeds,
        values.number("sweep.gamma"),
        values.number("sweep.restart-growth"),
        oneCycle(),
        values.integer("sweep.epochs"),
        values.integer("sweep.workers-per-trial"),
        optionalInt("sweep.parallel-trials"),
        values.integer("sweep.steps-per-round"),
        values.number("sweep.divergence-factor"),
        values.integer("sweep.trial-retries"),
        new WeightsConfig(
            values.text("sweep.average"),
            values.number("sweep.ema-decay"),
            values.flag("sweep.snapshots"),
            values.integer("sweep.last-snapshots")),
        LimitsConfig.of(
            optionalText("sweep.time-budget"),
            optionalInt("sweep.max-failures"),
            values.flag("sweep.prune")));
  }

  private OneCycleConfig oneCycle() {
    return new OneCycleConfig(
        values.number("sweep.one-cycle.up-fraction"),
        values.text("sweep.one-cycle.annealing"),
        values.text("sweep.one-cycle.final-annealing"),
        values.number("sweep.one-cycle.final-fraction"),
        optionalNumber("sweep.one-cycle.base-momentum"),
        optionalNumber("sweep.one-cycle.max-momentum"));
  }

  private CheckpointConfig checkpoint() {
    return CheckpointConfig.of(
        values.integer("checkpoint.finder-steps"),
        values.text("checkpoint.trials"),
        values.flag("checkpoint.keep"));
  }

  private Optional<String> optionalText(String key) {
    return values.isNull(key) ? Optional.empty() : Optional.of(values.text(key));
  }

  private OptionalDouble optionalNumber(String key) {
    return values.isNull(key) ? OptionalDouble.empty() : OptionalDouble.of(values.number(key));
  }

  private OptionalInt optionalInt(String key) {
    return values.isNull(key) ? OptionalInt.empty() : OptionalInt.of(values.integer(key));
  }
}
