package org.lrsweep.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The momentum coefficients of a live network's updaters, to be set from step to step: the momentum
 * of {@link Momentum} and Nesterov's, and beta1 of Adam and its kin, as PyTorch's schedules have
 * it.
 *
 * <p>Not thread-safe: it belongs to the network's thread.
 */
public final class MomentumCoefficients {
  private final List<Coefficient> coefficients = new ArrayList<>();

  private record Coefficient(DoubleConsumer set, Runnable reset) {}

  /**
   * Those of a network.
   *
   * @throws IllegalArgumentException if an updater has no momentum that could be set
   */
  public MomentumCoefficients(ComputationGraph network) {
    Set<IUpdater> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (UpdaterBlock block : network.getUpdater().getUpdaterBlocks()) {
      for (ParamState parameter : block.getLayersAndVariablesInBlock()) {
        IUpdater updater =
            parameter.getLayer().getConfig().getUpdaterByParam(parameter.getParamName());
        // Frozen layers and batch norm's statistics have one without a learning rate.
        if (updater.hasLearningRate() && seen.add(updater)) {
          coefficients.add(of(updater).orElseThrow(() -> without(updater)));
        }
      }
    }
  }

  /**
   * Refuses an updater that has no momentum.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static void require(IUpdater updater) {
    if (of(updater).isEmpty()) {
      throw without(updater);
    }
  }

  private static IllegalArgumentException without(IUpdater updater) {
    return new IllegalArgumentException(
        "The updater %s has no momentum that a schedule could set. Leave the momentum out of the schedule, or take an updater that has one"
            .formatted(updater.getClass().getSimpleName()));
  }

  private static Optional<Coefficient> of(IUpdater updater) {
    if (updater instanceof Momentum momentum) {
      double own = momentum.momentum();
      return coefficient(momentum::setMomentum, own);
    } else if (updater instanceof Nesterovs nesterovs) {
      return Optional.of(of(nesterovs));
    } else if (updater instanceof Adam adam) {
      return coefficient(adam::setBeta1, adam.getBeta1());
    } else if (updater instanceof AMSGrad amsGrad) {
      return coefficient(amsGrad::setBeta1, amsGrad.getBeta1());
    } else if (updater instanceof Nadam nadam) {
      return coefficient(nadam::setBeta1, nadam.getBeta1());
    } else if (updater instanceof AdaMax adaMax) {
      return coefficient(adaMax::setBeta1, adaMax.getBeta1());
    }
    return Optional.empty();
  }

  private static Optional<Coefficient> coefficient(DoubleConsumer set, double own) {
    return Optional.of(new Coefficient(set, () -> set.accept(own)));
  }

  private static Coefficient of(Nesterovs nesterovs) {
    double own = nesterovs.getMomentum();
    ISchedule schedule = nesterovs.getMomentumISchedule();
    return new Coefficient(
        momentum -> {
          nesterovs.setMomentumISchedule(null);
          nesterovs.setMomentum(momentum);
        },
        () -> {
          nesterovs.setMomentumISchedule(schedule);
          nesterovs.setMomentum(own);
        });
  }

  /** Gives all updaters a momentum, {@code 0 <= momentum < 1}. */
  public void set(double momentum) {
    coefficients.forEach(each -> each.set().accept(momentum));
  }

  /** Gives each updater its own momentum again. */
  public void reset() {
    coefficients.forEach(each -> each.reset().run());
  }
}
