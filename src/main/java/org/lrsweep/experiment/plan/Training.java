package org.lrsweep.experiment.plan;

import java.util.Optional;
import org.lrsweep.config.OptimizerConfig;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.Optimizer;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How a configuration has networks trained.
 *
 * @param updater of all parameters; empty if the network's own are to be
 * @param weightDecay decoupled, {@code >= 0}
 */
record Training(Optional<IUpdater> updater, double weightDecay) {

  /**
   * What a configuration says.
   *
   * @throws IllegalArgumentException if no optimizer has the name
   */
  static Training of(OptimizerConfig config) {
    if (Optimizer.isOfNetwork(config.type())) {
      return new Training(Optional.empty(), 0);
    }
    Optimizer.Coefficients coefficients =
        new Optimizer.Coefficients(
            config.momentum(), config.beta1(), config.beta2(), config.epsilon(), config.rmsDecay());
    return new Training(
        Optional.of(Optimizer.of(config.type()).updater(coefficients)), config.weightDecay());
  }

  /** A network under this optimizer. */
  NetworkSpec apply(NetworkSpec network) {
    return updater
        .map(each -> network.withUpdater(each).withWeightDecay(weightDecay))
        .orElse(network);
  }
}
