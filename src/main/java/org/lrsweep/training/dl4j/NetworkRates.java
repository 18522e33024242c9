package org.lrsweep.training.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.lrsweep.network.LayerUpdaters;
import org.lrsweep.network.LayerUpdaters.LayerUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/** The learning rates that a network's own configuration asks for. */
final class NetworkRates {
  private final List<IUpdater> updaters;

  private NetworkRates(List<IUpdater> updaters) {
    this.updaters = updaters;
  }

  static NetworkRates of(ComputationGraphConfiguration network) {
    List<IUpdater> updaters =
        LayerUpdaters.training(network).stream().map(LayerUpdater::updater).toList();
    return new NetworkRates(updaters);
  }

  /**
   * The rate of a step, which is that of all layers.
   *
   * @throws IllegalArgumentException if the layers' rates differ
   */
  double at(int step, int epoch) {
    double[] rates =
        updaters.stream()
            .mapToDouble(updater -> updater.getLearningRate(step, epoch))
            .distinct()
            .toArray();
    if (rates.length != 1) {
      throw new IllegalArgumentException(
          "Rounds train all layers at one learning rate; this network's have "
              + rates.length
              + " different ones in step "
              + step
              + ". Give the master a schedule, or the layers one updater");
    }
    return rates[0];
  }
}
