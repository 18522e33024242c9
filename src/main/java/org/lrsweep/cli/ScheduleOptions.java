package org.lrsweep.cli;

import java.util.Arrays;
import java.util.Locale;
import org.lrsweep.experiment.RefusedException;
import org.lrsweep.schedule.AmplitudeScale;
import org.lrsweep.schedule.Annealing;
import org.lrsweep.schedule.CosineRestarts;
import org.lrsweep.schedule.CustomCycle;
import org.lrsweep.schedule.CycledMomentum;
import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.Cyclical;
import org.lrsweep.schedule.DecayedSchedule;
import org.lrsweep.schedule.FixedSchedule;
import org.lrsweep.schedule.LinearDecay;
import org.lrsweep.schedule.NamedScale;
import org.lrsweep.schedule.OneCycleSchedule;
import org.lrsweep.schedule.OneCycleSchedule.FinalAnnealing;
import org.lrsweep.schedule.PolicyScale;
import org.lrsweep.schedule.Schedule;
import org.lrsweep.schedule.StepSizes;
import picocli.CommandLine.Option;

/** The options that make a schedule. */
final class ScheduleOptions {
  private static final String ONE_CYCLE = "one_cycle";
  private static final String COSINE_RESTARTS = "cosine_restarts";
  private static final String LINEAR = "linear";
  private static final String CONSTANT = "constant";
  private static final String PAPER_EXP_RANGE = "exp_range_paper";

  /** PyTorch's default: the one-cycle's last learning rate is this part of its first. */
  private static final double FINAL_PART = 1e-4;

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
    atLeast("--steps", steps, 1);
    refuseForeignOptions();
    if (policy.equals(LINEAR) || policy.equals(CONSTANT)) {
      return withoutLowerBound();
    }
    if (baseLr == null) {
      throw new RefusedException("--policy " + policy + " needs --base-lr");
    }
    check("--base-lr", baseLr, Double.isFinite(baseLr) && baseLr >= 0, "must be finite and >= 0");
    check(
        "--max-lr",
        maxLr,
        Double.isFinite(maxLr) && maxLr >= baseLr,
        "must be finite and >= --base-lr (" + baseLr + ")");
    Cyclical cyclical =
        switch (policy) {
          case ONE_CYCLE -> oneCycle();
          case COSINE_RESTARTS -> cosineRestarts();
          default -> cycle();
        };
    Schedule schedule = withMomentum(cyclical);
    return policy.equals(PAPER_EXP_RANGE) ? new DecayedSchedule(schedule, gamma) : schedule;
  }

  private Schedule withoutLowerBound() {
    check("--max-lr", maxLr, Double.isFinite(maxLr) && maxLr >= 0, "must be finite and >= 0");
    return policy.equals(LINEAR) ? new LinearDecay(maxLr, steps) : new FixedSchedule(maxLr);
  }

  private CosineRestarts cosineRestarts() {
    double growth = restartGrowth == null ? 1 : restartGrowth;
    check(
        "--restart-growth",
        growth,
        Double.isFinite(growth) && growth >= 1,
        "must be finite and >= 1");
    return new CosineRestarts(baseLr, maxLr, 2 * stepSize(), growth);
  }

  /** The library checks its parameters too; here a message names the option. */
  private static void check(String option, Object found, boolean isMet, String must) {
    if (!isMet) {
      throw new RefusedException(option + " " + must + ", found " + found);
    }
  }

  private static void atLeast(String option, long found, long least) {
    check(option, found, found >= least, "must be >= " + least);
  }

  private void refuseForeignOptions() {
    boolean withoutLowerBound = policy.equals(LINEAR) || policy.equals(CONSTANT);
    if (withoutLowerBound && (baseLr != null || maxMomentum != null || baseMomentum != null)) {
      throw new RefusedException(
          "--policy " + policy + " takes --max-lr alone; leave out --base-lr and the momentum");
    }
    if (!policy.equals(COSINE_RESTARTS) && restartGrowth != null) {
      throw new RefusedException(
          "--restart-growth is for --policy cosine_restarts, found --policy " + policy);
    }
    if (policy.equals(COSINE_RESTARTS) && (stepSizeDownSteps != null || scaleClass != null)) {
      throw new RefusedException(
          "--policy cosine_restarts has no way up and no scale; leave out --step-size-down-steps"
              + " and --scale-class");
    }
    boolean ofCycles =
        stepSizeSteps != null
            || stepSizeEpochs != null
            || stepSizeDownSteps != null
            || scaleClass != null;
    if ((policy.equals(ONE_CYCLE) || withoutLowerBound) && ofCycles) {
      throw new RefusedException(
          "--policy "
              + policy
              + " takes its length from --steps"
              + (withoutLowerBound ? "" : " and --up-fraction")
              + "; leave out"
              + " --step-size-... and --scale-class");
    }
    if (!policy.equals(ONE_CYCLE) && finalLr != null) {
      throw new RefusedException("--final-lr is for --policy one_cycle, found --policy " + policy);
    }
  }

  private Schedule withMomentum(Cyclical schedule) {
    if ((baseMomentum == null) != (maxMomentum == null)) {
      throw new RefusedException("--base-momentum and --max-momentum must be given together");
    } else if (maxMomentum == null) {
      return schedule;
    }
    check(
        "--max-momentum", maxMomentum, maxMomentum >= 0 && maxMomentum < 1, "must be >= 0 and < 1");
    check(
        "--base-momentum",
        baseMomentum,
        baseMomentum >= 0 && baseMomentum <= maxMomentum,
        "must be >= 0 and <= --max-momentum (" + maxMomentum + ")");
    return new CycledMomentum(schedule, baseMomentum, maxMomentum);
  }

  private CustomCycle cycle() {
    long up = stepSize();
    long down = stepSizeDownSteps == null ? up : stepSizeDownSteps;
    atLeast("--step-size-down-steps", down, 1);
    return new CustomCycle(baseLr, maxLr, up, down, scale());
  }

  private AmplitudeScale scale() {
    if (scaleClass == null || policy.equals(PAPER_EXP_RANGE)) {
      check("--gamma", gamma, gamma > 0 && gamma <= 1, "must be > 0 and <= 1");
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
          "--policy must be one of triangular, triangular2, exp_range, exp_range_paper, cosine_restarts,"
              + " one_cycle, linear, constant, found "
              + policy,
          e);
    }
  }

  private long stepSize() {
    if ((stepSizeSteps == null) == (stepSizeEpochs == null)) {
      throw new RefusedException(
          "--policy " + policy + " needs either --step-size-steps or --step-size-epochs");
    }
    if (stepSizeSteps != null) {
      atLeast("--step-size-steps", stepSizeSteps, 1);
      return stepSizeSteps;
    }
    check(
        "--step-size-epochs",
        stepSizeEpochs,
        Double.isFinite(stepSizeEpochs) && stepSizeEpochs > 0,
        "must be finite and > 0");
    atLeast("--batch-size", batchSize, 1);
    atLeast("--examples", examples, batchSize);
    return StepSizes.ofEpochs(stepSizeEpochs, examples, batchSize);
  }

  private OneCycleSchedule oneCycle() {
    double last = finalLr == null ? baseLr * FINAL_PART : finalLr;
    check(
        "--final-lr",
        last,
        last >= 0 && last <= baseLr,
        "must be >= 0 and <= --base-lr (" + baseLr + ")");
    Annealing shape = choice("--annealing", Annealing.class, annealing);
    FinalAnnealing end = choice("--final-annealing", FinalAnnealing.class, finalAnnealing);
    try {
      return new OneCycleSchedule(baseLr, maxLr, last, steps, upFraction, shape, end);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "--up-fraction * --steps must be > 1 and leave room for the way down, found --up-fraction "
              + upFraction
              + " and --steps "
              + steps,
          e);
    }
  }

  private static <E extends Enum<E>> E choice(String option, Class<E> type, String name) {
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(name)) {
        return value;
      }
    }
    String known =
        String.join(
            ", ",
            Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList());
    throw new RefusedException(option + " must be one of " + known + ", found " + name);
  }
}
