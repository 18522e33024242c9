package org.lrsweep.cli.schedule;

import static org.lrsweep.cli.schedule.OptionChecks.require;
import static org.lrsweep.cli.schedule.OptionChecks.requireAtLeast;

import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.schedule.StepSizes;
import picocli.CommandLine.Option;

/** The options of a cycle's length. */
final class StepSizeOptions {
  @Option(
      names = "--step-size-steps",
      paramLabel = "S",
      description =
          "Half a cycle in steps, of cosine_restarts of the first one; the way up, if the way down"
              + " differs.")
  private Long stepSizeSteps;

  @Option(
      names = "--step-size-epochs",
      paramLabel = "E",
      description = "Half a cycle in epochs, with --examples and --batch-size.")
  private Double stepSizeEpochs;

  @Option(names = "--examples", paramLabel = "N", description = "The training set's size.")
  private long examples;

  @Option(names = "--batch-size", paramLabel = "N", description = "Examples in a step.")
  private int batchSize;

  @Option(
      names = "--step-size-down-steps",
      paramLabel = "S",
      description = "The way down in steps; by default as long as the way up.")
  private Long stepSizeDownSteps;

  boolean areGiven() {
    return stepSizeSteps != null || stepSizeEpochs != null || hasWayDown();
  }

  boolean hasWayDown() {
    return stepSizeDownSteps != null;
  }

  /** The way up in steps. */
  long up(String policy) {
    if ((stepSizeSteps == null) == (stepSizeEpochs == null)) {
      throw new RefusedException(
          "--policy " + policy + " needs either --step-size-steps or --step-size-epochs");
    }
    if (stepSizeSteps != null) {
      requireAtLeast("--step-size-steps", stepSizeSteps, 1);
      return stepSizeSteps;
    }
    require(
        "--step-size-epochs",
        stepSizeEpochs,
        Double.isFinite(stepSizeEpochs) && stepSizeEpochs > 0,
        "must be finite and > 0");
    requireAtLeast("--batch-size", batchSize, 1);
    requireAtLeast("--examples", examples, batchSize);
    return StepSizes.ofEpochs(stepSizeEpochs, examples, batchSize);
  }

  /** The way down in steps. */
  long down(String policy) {
    long down = stepSizeDownSteps == null ? up(policy) : stepSizeDownSteps;
    requireAtLeast("--step-size-down-steps", down, 1);
    return down;
  }
}
