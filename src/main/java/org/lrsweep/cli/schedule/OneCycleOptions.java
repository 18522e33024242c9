package org.lrsweep.cli.schedule;

import static org.lrsweep.cli.schedule.OptionChecks.named;
import static org.lrsweep.cli.schedule.OptionChecks.require;

import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.schedule.Annealing;
import org.lrsweep.schedule.OneCycleSchedule;
import org.lrsweep.schedule.OneCycleSchedule.FinalAnnealing;
import picocli.CommandLine.Option;

/** The options of {@code --policy one_cycle} alone. */
final class OneCycleOptions {
  /** PyTorch's default: the one-cycle's last learning rate is this part of its first. */
  private static final double FINAL_PART = 1e-4;

  @Option(
      names = "--final-lr",
      paramLabel = "F",
      description = "one_cycle's last learning rate; by default a 10,000th of --base-lr.")
  private Double finalLr;

  @Option(
      names = "--up-fraction",
      paramLabel = "U",
      description = "one_cycle's climb as a part of the steps; by default ${DEFAULT-VALUE}.")
  private double upFraction = 0.3;

  @Option(
      names = "--annealing",
      paramLabel = "A",
      description = "one_cycle's shape, cosine or linear; by default cosine.")
  private String annealing = "cosine";

  @Option(
      names = "--final-annealing",
      paramLabel = "A",
      description =
          "Whether one_cycle goes below --base-lr within its descent or after it:"
              + " within_descent (the default) or after_descent.")
  private String finalAnnealing = "within_descent";

  /** Whether the option is given that would change nothing of another policy unseen. */
  boolean hasFinalLr() {
    return finalLr != null;
  }

  OneCycleSchedule schedule(double baseLr, double maxLr, long steps) {
    double last = finalLr == null ? baseLr * FINAL_PART : finalLr;
    require(
        "--final-lr",
        last,
        last >= 0 && last <= baseLr,
        "must be >= 0 and <= --base-lr (" + baseLr + ")");
    Annealing shape = named("--annealing", annealing, Annealing::of);
    FinalAnnealing end = named("--final-annealing", finalAnnealing, FinalAnnealing::of);
    try {
      return new OneCycleSchedule(baseLr, maxLr, last, steps, upFraction, shape, end);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "--up-fraction * --steps must be > 1 and leave room for the way down, found --up-fraction"
              + " "
              + upFraction
              + " and --steps "
              + steps,
          e);
    }
  }
}
