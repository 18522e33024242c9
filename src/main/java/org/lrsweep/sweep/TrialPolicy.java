package org.lrsweep.sweep;

import java.util.List;
import java.util.Locale;
import org.lrsweep.schedule.CosineRestarts;
import org.lrsweep.schedule.CycledMomentum;
import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.CyclicalSchedule;
import org.lrsweep.schedule.FixedSchedule;
import org.lrsweep.schedule.Labels;
import org.lrsweep.schedule.LinearDecay;
import org.lrsweep.schedule.OneCycleSchedule;
import org.lrsweep.schedule.Schedule;

/** How a trial's learning rate moves between its bounds. */
public enum TrialPolicy {
  /** Cycles by {@link CyclicPolicy#TRIANGULAR}. */
  TRIANGULAR(Takes.RANGE_AND_STEP_SIZE) {
    @Override
    Schedule schedule(Trial trial) {
      return cycles(CyclicPolicy.TRIANGULAR, trial);
    }
  },
  /** Cycles by {@link CyclicPolicy#TRIANGULAR2}. */
  TRIANGULAR2(Takes.RANGE_AND_STEP_SIZE) {
    @Override
    Schedule schedule(Trial trial) {
      return cycles(CyclicPolicy.TRIANGULAR2, trial);
    }
  },
  /** Cycles by {@link CyclicPolicy#EXP_RANGE}. */
  EXP_RANGE(Takes.RANGE_AND_STEP_SIZE) {
    @Override
    Schedule schedule(Trial trial) {
      return cycles(CyclicPolicy.EXP_RANGE, trial);
    }
  },
  /** Falls as {@link CosineRestarts}; the first cycle is two step sizes long. */
  COSINE_RESTARTS(Takes.RANGE_AND_STEP_SIZE) {
    @Override
    Schedule schedule(Trial trial) {
      return new CosineRestarts(
          trial.baseLr(),
          trial.maxLr(),
          2 * trial.stepSizeSteps(),
          trial.settings().restartGrowth());
    }
  },
  /** One {@link OneCycleSchedule} over the whole trial, which begins at the lower bound. */
  ONE_CYCLE(Takes.RANGE) {
    @Override
    Schedule schedule(Trial trial) {
      PolicySettings settings = trial.settings();
      OneCycleSchedule rates =
          new OneCycleSchedule(
              trial.baseLr(),
              trial.maxLr(),
              trial.baseLr() * settings.finalFraction(),
              trial.steps(),
              settings.upFraction(),
              settings.annealing(),
              settings.finalAnnealing());
      return settings
          .momentum()
          .<Schedule>map(momentum -> new CycledMomentum(rates, momentum.base(), momentum.max()))
          .orElse(rates);
    }
  },
  /** Falls from the upper bound to zero as {@link LinearDecay}: the control at a known budget. */
  LINEAR(Takes.UPPER_BOUND) {
    @Override
    Schedule schedule(Trial trial) {
      return new LinearDecay(trial.maxLr(), trial.steps());
    }
  },
  /** Stays at the upper bound: what cycles have to be better than. */
  CONSTANT(Takes.UPPER_BOUND) {
    @Override
    Schedule schedule(Trial trial) {
      return new FixedSchedule(trial.maxLr());
    }
  };

  private final Takes takes;

  /** What of a grid makes a difference to a policy. */
  private enum Takes {
    UPPER_BOUND,
    RANGE,
    RANGE_AND_STEP_SIZE
  }

  TrialPolicy(Takes takes) {
    this.takes = takes;
  }

  /** The policy's name in the configuration and in the result tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it begins or ends at the lower bound. */
  boolean hasLowerBound() {
    return takes != Takes.UPPER_BOUND;
  }

  /** Whether the step size makes a difference. */
  public boolean hasStepSize() {
    return takes == Takes.RANGE_AND_STEP_SIZE;
  }

  /** Whether a longer trial's learning rates are those of a shorter one, as far as it goes. */
  boolean isOpenEnded() {
    return this != ONE_CYCLE && this != LINEAR;
  }

  /**
   * The policy of a name.
   *
   * @throws IllegalArgumentException if no policy has it
   */
  public static TrialPolicy of(String label) {
    return Labels.find("policy", label, List.of(values()), TrialPolicy::label);
  }

  /** The learning rate of each step, and of one_cycle the momentum. */
  abstract Schedule schedule(Trial trial);

  private static Schedule cycles(CyclicPolicy policy, Trial trial) {
    return new CyclicalSchedule(
        policy, trial.baseLr(), trial.maxLr(), trial.stepSizeSteps(), trial.gamma());
  }
}
