package org.lrsweep.config;

import java.util.List;
import java.util.OptionalInt;

/**
 * The trials: every combination of policy, step size, range and seed.
 *
 * @param policies names of policies, at least one
 * @param stepSizesEpochs half cycles in epochs, at least one, each {@code > 0}
 * @param baseLrs lower bounds, each {@code > 0}; empty: the range found, or of policies constant
 *     and linear alone, which have none
 * @param maxLrs upper bounds, each {@code > 0} and above every lower bound; empty: the range found
 * @param rangeMethods methods whose ranges are tried, each once; empty: the finder's method alone
 *     where no bounds are given
 * @param seeds one a trial; never empty
 * @param gamma of exp_range, {@code 0 < gamma <= 1}
 * @param restartGrowth of cosine_restarts, {@code >= 1}
 * @param oneCycle of one_cycle
 * @param epochs passes over the training set, {@code >= 1}
 * @param workersPerTrial tasks that share each batch, {@code >= 1}
 * @param parallelTrials trials at the same time, {@code >= 1}; empty: as the cluster has slots
 * @param stepsPerRound steps of a round, {@code >= 1}
 * @param divergenceFactor times its start at which a trial's loss has diverged, {@code > 1}
 * @param trialRetries how often a trial that throws is tried again, {@code >= 0}
 * @param weights which weights are evaluated beside the last ones
 * @param limits when the sweep or a trial ends before it is done
 */
public record SweepConfig(
    List<String> policies,
    List<Double> stepSizesEpochs,
    List<Double> baseLrs,
    List<Double> maxLrs,
    List<String> rangeMethods,
    List<Long> seeds,
    double gamma,
    double restartGrowth,
    OneCycleConfig oneCycle,
    int epochs,
    int workersPerTrial,
    OptionalInt parallelTrials,
    int stepsPerRound,
    double divergenceFactor,
    int trialRetries,
    WeightsConfig weights,
    LimitsConfig limits) {

  private static final List<String> WITHOUT_BASE = List.of("constant", "linear");

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public SweepConfig {
    policies = List.copyOf(policies);
    stepSizesEpochs = List.copyOf(stepSizesEpochs);
    baseLrs = List.copyOf(baseLrs);
    maxLrs = List.copyOf(maxLrs);
    rangeMethods = List.copyOf(rangeMethods);
    seeds = List.copyOf(seeds);
    Check.that(!policies.isEmpty(), "sweep.policies", "a list of at least one policy", policies);
    Check.that(
        !stepSizesEpochs.isEmpty() && stepSizesEpochs.stream().allMatch(s -> s > 0),
        "sweep.step-sizes-epochs",
        "a list of at least one number > 0",
        stepSizesEpochs);
    boolean needsBase = !WITHOUT_BASE.containsAll(policies);
    Check.that(
        baseLrs.isEmpty() ? maxLrs.isEmpty() || !needsBase : !maxLrs.isEmpty(),
        "sweep.base-lrs and sweep.max-lrs",
        needsBase ? "given both or neither" : "given both, or sweep.max-lrs alone",
        baseLrs + " and " + maxLrs);
    for (double max : maxLrs) {
      Check.that(max > 0 && Double.isFinite(max), "sweep.max-lrs", "> 0 and finite", max);
    }
    Check.that(
        rangeMethods.stream().distinct().count() == rangeMethods.size(),
        "sweep.range-methods",
        "a list in which no method is twice",
        rangeMethods);
    for (double base : baseLrs) {
      Check.that(base > 0, "sweep.base-lrs", "> 0", base);
      for (double max : maxLrs) {
        Check.that(max > base, "sweep.max-lrs", "> every sweep.base-lrs (" + base + ")", max);
      }
    }
    Check.that(gamma > 0 && gamma <= 1, "sweep.gamma", "> 0 and <= 1", gamma);
    Check.that(
        restartGrowth >= 1 && Double.isFinite(restartGrowth),
        "sweep.restart-growth",
        ">= 1 and finite",
        restartGrowth);
    Check.atLeast(1, "sweep.epochs", epochs);
    Check.atLeast(1, "sweep.workers-per-trial", workersPerTrial);
    parallelTrials.ifPresent(n -> Check.atLeast(1, "sweep.parallel-trials", n));
    Check.atLeast(1, "sweep.steps-per-round", stepsPerRound);
    Check.that(divergenceFactor > 1, "sweep.divergence-factor", "> 1", divergenceFactor);
    Check.atLeast(0, "sweep.trial-retries", trialRetries);
  }
}
