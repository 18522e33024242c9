package org.lrsweep.experiment.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.config.OneCycleConfig;
import org.lrsweep.config.SweepConfig;
import org.lrsweep.network.LayerUpdaters;
import org.lrsweep.network.MomentumCoefficients;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.schedule.Annealing;
import org.lrsweep.schedule.MomentumRange;
import org.lrsweep.schedule.OneCycleSchedule;
import org.lrsweep.schedule.OneCycleSchedule.FinalAnnealing;
import org.lrsweep.sweep.PolicySettings;
import org.lrsweep.sweep.TrialPolicy;

/**
 * The policies that an experiment's trials follow.
 *
 * @param settings of those that have some
 * @param epochs of a trial
 * @param batchSize of a step, over all workers
 */
record Policies(List<TrialPolicy> policies, PolicySettings settings, int epochs, int batchSize) {

  /**
   * What a configuration names.
   *
   * @throws InvalidConfigException if it names something that there is not
   */
  static Policies of(ExperimentConfig config) {
    List<TrialPolicy> policies = new ArrayList<>();
    for (String policy : config.sweep().policies()) {
      policies.add(NamedValue.of("sweep.policies", policy, TrialPolicy::of));
    }
    return new Policies(
        policies, settings(config.sweep()), config.sweep().epochs(), config.batchSize());
  }

  private static PolicySettings settings(SweepConfig sweep) {
    OneCycleConfig oneCycle = sweep.oneCycle();
    Optional<MomentumRange> momentum =
        oneCycle.maxMomentum().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new MomentumRange(
                    oneCycle.baseMomentum().getAsDouble(), oneCycle.maxMomentum().getAsDouble()));
    return new PolicySettings(
        sweep.restartGrowth(),
        oneCycle.upFraction(),
        NamedValue.of("sweep.one-cycle.annealing", oneCycle.annealing(), Annealing::of),
        NamedValue.of(
            "sweep.one-cycle.final-annealing", oneCycle.finalAnnealing(), FinalAnnealing::of),
        oneCycle.finalFraction(),
        momentum);
  }

  private boolean hasOneCycle() {
    return policies.contains(TrialPolicy.ONE_CYCLE);
  }

  /**
   * Refuses a shape of one-cycle trials that their steps have no room for.
   *
   * @param examples of the training part
   * @throws InvalidConfigException if they have none
   */
  void requireRoom(int examples) {
    if (hasOneCycle()) {
      int stepsPerEpoch = Math.max(1, examples / batchSize);
      NamedValue.of(
          "sweep.one-cycle.up-fraction",
          (long) epochs * stepsPerEpoch,
          steps ->
              new OneCycleSchedule(
                  0,
                  1,
                  0,
                  steps,
                  settings.upFraction(),
                  settings.annealing(),
                  settings.finalAnnealing()));
    }
  }

  /**
   * Refuses a momentum that one-cycle trials can't move.
   *
   * @throws InvalidConfigException if an updater of the network has none
   */
  void requireMomentum(NetworkSpec network) {
    if (hasOneCycle() && settings.momentum().isPresent()) {
      NamedValue.of(
          "sweep.one-cycle.max-momentum",
          LayerUpdaters.training(network.configuration()),
          updaters -> {
            updaters.forEach(each -> MomentumCoefficients.require(each.updater()));
            return updaters;
          });
    }
  }
}
