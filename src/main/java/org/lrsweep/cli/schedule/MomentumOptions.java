package org.lrsweep.cli.schedule;

import static org.lrsweep.cli.schedule.OptionChecks.require;

import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.schedule.CycledMomentum;
import org.lrsweep.schedule.Cyclical;
import org.lrsweep.schedule.Schedule;
import picocli.CommandLine.Option;

/** The options of a momentum that cycles against the learning rate. */
final class MomentumOptions {
  @Option(
      names = "--base-momentum",
      paramLabel = "M",
      description = "The momentum at the peak; with --max-momentum it cycles against the rate.")
  private Double baseMomentum;

  @Option(
      names = "--max-momentum",
      paramLabel = "M",
      description = "The momentum at the low end of the cycle.")
  private Double maxMomentum;

  boolean areGiven() {
    return baseMomentum != null || maxMomentum != null;
  }

  /** The schedule with this momentum; without one, the same. */
  Schedule withMomentum(Cyclical schedule) {
    if ((baseMomentum == null) != (maxMomentum == null)) {
      throw new RefusedException("--base-momentum and --max-momentum must be given together");
    } else if (maxMomentum == null) {
      return schedule;
    }
    require(
        "--max-momentum", maxMomentum, maxMomentum >= 0 && maxMomentum < 1, "must be >= 0 and < 1");
    require(
        "--base-momentum",
        baseMomentum,
        baseMomentum >= 0 && baseMomentum <= maxMomentum,
        "must be >= 0 and <= --max-momentum (" + maxMomentum + ")");
    return new CycledMomentum(schedule, baseMomentum, maxMomentum);
  }
}
