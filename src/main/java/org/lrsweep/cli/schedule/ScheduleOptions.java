package org.lrsweep.cli.schedule;

import static org.lrsweep.cli.schedule.OptionChecks.require;
import static org.lrsweep.cli.schedule.OptionChecks.requireAtLeast;

import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.schedule.AmplitudeScale;
import org.lrsweep.schedule.CosineRestarts;
import org.lrsweep.schedule.CustomCycle;
import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.Cyclical;
import org.lrsweep.schedule.DecayedSchedule;
import org.lrsweep.schedule.FixedSchedule;
import org.lrsweep.schedule.LinearDecay;
import org.lrsweep.schedule.NamedScale;
import org.lrsweep.schedule.PolicyScale;
import org.lrsweep.schedule.Schedule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that make a schedule. */
final class ScheduleOptions {
  private static final String ONE_CYCLE = "one_cycle";
  private static final String COSINE_RESTARTS = "cosine_restarts";
  private static final String LINEAR = "linear";
  private static final String CONSTANT = "constant";
  private static final String PAPER_EXP_RANGE = "exp_range_paper";

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "P",
      description =
          "triangular, triangular2, exp_range (the amplitude shrinks), exp_range_paper (both bounds"
              + " shrink), cosine_restarts, one_cycle, linear (to zero) or constant.")
  private String policy;

  @Option(
      names = "--base-lr",
      paramLabel = "B",
      description =
          "The lower bound; one_cycle's first learning rate. linear and constant have none.")
  private Double baseLr;

  @Option(
      names = "--max-lr",
      required = true,
      paramLabel = "M",
      description = "The upper bound, the peak.")
  private double maxLr;

  @Option(
      names = "--steps",
      required = true,
      paramLabel = "N",
      description = "How many steps to write; the length of one_cycle and linear.")
  private long steps;

  @Option(
      names = "--gamma",
      paramLabel = "G",
      description = "exp_range's factor for each step; by default ${DEFAULT-VALUE}.")
  private double gamma = 1.0;

  @Option(
      names = "--restart-growth",
      paramLabel = "F",
      description = "cosine_restarts' factor between the lengths of two cycles; by default 1.")
  private Double restartGrowth;

  @Option(
      names = "--scale-class",
      paramLabel = "CLASS",
      description =
          "A class on the class path that implements org.lrsweep.schedule.AmplitudeScale, in place"
              + " of the policy's own scale.")
  private String scaleClass;

  @Mixin private StepSizeOptions stepSize;
  @Mixin private OneCycleOptions oneCycle;
  @Mixin private MomentumOptions momentum;

  /** How many steps to write. */
  long steps() {
    return steps;
  }

  /** The policy's name. */
  String policy() {
    return policy;
  }

  /**
   * The schedule.
   *
   * @throws RefusedException naming the option that is wrong
   */
  Schedule schedule() {
    requireAtLeast("--steps", steps, 1);
    refuseForeignOptions();
    if (policy.equals(LINEAR) || policy.equals(CONSTANT)) {
      return withoutLowerBound();
    }
    if (baseLr == null) {
      throw new RefusedException("--policy " + policy + " needs --base-lr");
    }
    require("--base-lr", baseLr, Double.isFinite(baseLr) && baseLr >= 0, "must be finite and >= 0");
    require(
        "--max-lr",
        maxLr,
        Double.isFinite(maxLr) && maxLr >= baseLr,
        "must be finite and >= --base-lr (" + baseLr + ")");
    Cyclical cyclical =
        switch (policy) {
          case ONE_CYCLE -> oneCycle.schedule(baseLr, maxLr, steps);
          case COSINE_RESTARTS -> cosineRestarts();
          default -> cycle();
        };
    Schedule schedule = momentum.withMomentum(cyclical);
    return policy.equals(PAPER_EXP_RANGE) ? new DecayedSchedule(schedule, gamma) : schedule;
  }

  private Schedule withoutLowerBound() {
    require("--max-lr", maxLr, Double.isFinite(maxLr) && maxLr >= 0, "must be finite and >= 0");
    return policy.equals(LINEAR) ? new LinearDecay(maxLr, steps) : new FixedSchedule(maxLr);
  }

  private CosineRestarts cosineRestarts() {
    double growth = restartGrowth == null ? 1 : restartGrowth;
    require(
        "--restart-growth",
        growth,
        Double.isFinite(growth) && growth >= 1,
        "must be finite and >= 1");
    return new CosineRestarts(baseLr, maxLr, 2 * stepSize.up(policy), growth);
  }

  private void refuseForeignOptions() {
    boolean withoutLowerBound = policy.equals(LINEAR) || policy.equals(CONSTANT);
    if (withoutLowerBound && (baseLr != null || momentum.areGiven())) {
      throw new RefusedException(
          "--policy " + policy + " takes --max-lr alone; leave out --base-lr and the momentum");
    }
    if (!policy.equals(COSINE_RESTARTS) && restartGrowth != null) {
      throw new RefusedException(
          "--restart-growth is for --policy cosine_restarts, found --policy " + policy);
    }
    if (policy.equals(COSINE_RESTARTS) && (stepSize.hasWayDown() || scaleClass != null)) {
      throw new RefusedException(
          "--policy cosine_restarts has no way up and no scale; leave out --step-size-down-steps"
              + " and --scale-class");
    }
    boolean ofCycles = stepSize.areGiven() || scaleClass != null;
    if ((policy.equals(ONE_CYCLE) || withoutLowerBound) && ofCycles) {
      throw new RefusedException(
          "--policy "
              + policy
              + " takes its length from --steps"
              + (withoutLowerBound ? "" : " and --up-fraction")
              + "; leave out"
              + " --step-size-... and --scale-class");
    }
    if (!policy.equals(ONE_CYCLE) && oneCycle.hasFinalLr()) {
      throw new RefusedException("--final-lr is for --policy one_cycle, found --policy " + policy);
    }
  }

  private CustomCycle cycle() {
    long up = stepSize.up(policy);
    return new CustomCycle(baseLr, maxLr, up, stepSize.down(policy), scale());
  }

  private AmplitudeScale scale() {
    if (scaleClass == null || policy.equals(PAPER_EXP_RANGE)) {
      require("--gamma", gamma, gamma > 0 && gamma <= 1, "must be > 0 and <= 1");
    }
    if (scaleClass != null) {
      return namedScale();
    }
    return policy.equals(PAPER_EXP_RANGE)
        ? new PolicyScale(CyclicPolicy.TRIANGULAR, gamma)
        : new PolicyScale(cyclicPolicy(), gamma);
  }

  private AmplitudeScale namedScale() {
    try {
      return new NamedScale(scaleClass);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "--scale-class must name a public class on the class path that implements "
              + AmplitudeScale.class.getName()
              + " and has a public constructor without parameters, found "
              + scaleClass,
          e);
    }
  }

  private CyclicPolicy cyclicPolicy() {
    try {
      return CyclicPolicy.of(policy);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "--policy must be one of triangular, triangular2, exp_range, exp_range_paper,"
              + " cosine_restarts, one_cycle, linear, constant, found "
              + policy,
          e);
    }
  }
}
