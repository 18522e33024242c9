package org.lrsweep.config;

import java.net.URI;
import java.util.Optional;

/**
 * A whole experiment, validated.
 *
 * @param output folder or Hadoop URI of the results
 * @param seed the seed of everything random
 * @param data which examples
 * @param model what is trained
 * @param optimizer how gradients become updates
 * @param training how steps are computed
 * @param batchSize examples in one update over all workers, {@code >= 1}
 * @param finder the range test
 * @param sweep the trials
 * @param checkpoint what is kept to resume from
 * @param notifyUrl who is told of a run's end, by http or https; recorded nowhere
 * @param mlflow the tracking server that is sent results; recorded nowhere
 * @param json the resolved configuration as JSON, to be recorded with the results
 */
public record ExperimentConfig(
    String output,
    long seed,
    DataConfig data,
    ModelConfig model,
    OptimizerConfig optimizer,
    TrainingConfig training,
    int batchSize,
    FinderConfig finder,
    SweepConfig sweep,
    CheckpointConfig checkpoint,
    Optional<URI> notifyUrl,
    Optional<MlflowConfig> mlflow,
    String json) {
  /** What the answer of finder.confirm is called among those of the range methods. */
  public static final String CONFIRM = "confirm";

  /**
   * @throws InvalidConfigException if values contradict each other
   */
  public ExperimentConfig {
    Check.that(!output.isBlank(), "output", "a folder or a Hadoop URI", "'" + output + "'");
    Check.withoutPassword("output", output);
    data.directory().ifPresent(directory -> Check.withoutPassword("data.directory", directory));
    Check.atLeast(1, "batch-size", batchSize);
    Check.that(
        batchSize % finder.workers() == 0,
        "finder.workers",
        "a divisor of batch-size (" + batchSize + ")",
        finder.workers());
    Check.that(
        batchSize % sweep.workersPerTrial() == 0,
        "sweep.workers-per-trial",
        "a divisor of batch-size (" + batchSize + ")",
        sweep.workersPerTrial());
    boolean compared = sweep.rangeMethods().contains(CONFIRM);
    Check.that(
        finder.confirm().isPresent() || !compared,
        "finder.confirm",
        "true where sweep.range-methods has " + CONFIRM,
        false);
    Check.that(
        finder.confirm().isEmpty()
            || compared
            || (sweep.rangeMethods().isEmpty() && sweep.maxLrs().isEmpty()),
        "finder.confirm",
        "false where no trial would use its answer: add "
            + CONFIRM
            + " to sweep.range-methods, or leave out sweep.range-methods and sweep.max-lrs",
        true);
  }
}
