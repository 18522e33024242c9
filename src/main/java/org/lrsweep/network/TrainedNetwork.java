package org.lrsweep.network;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.util.ModelSerializer;
import org.lrsweep.network.LayerUpdaters.LayerUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** A writer of what was trained, as a DL4J model zip that loads without LRSweep. */
public final class TrainedNetwork {
  private TrainedNetwork() {}

  /**
   * Writes a model zip: configuration, parameters and updater state. Plain momentum, which
   * Deeplearning4j lacks, is written as its Nesterov's with the same coefficient; the state means
   * the same to both.
   *
   * @param learningRate what the stored updaters' learning rate is set to; layers with rates of
   *     their own have them in proportion
   */
  public static void write(
      NetworkSpec spec, TrainingState state, double learningRate, OutputStream out)
      throws IOException {
    ComputationGraphConfiguration configuration = spec.configuration();
    RelativeRates rates = RelativeRates.of(configuration);
    List<LayerUpdater> updaters = LayerUpdaters.training(configuration);
    for (LayerUpdater each : updaters) {
      each.place().accept(stock(each.updater(), rates.ratio(each.updater())));
    }
    ComputationGraph network = NetworkSpec.built(configuration);
    try {
      state.restore(network);
      for (LayerUpdater each : LayerUpdaters.training(configuration)) {
        double ratio = each.updater().getLearningRate(0, 0);
        each.updater().setLrAndSchedule(learningRate * ratio, null);
      }
      // Rates that differed may be equal now, as all are at a learning rate of 0.
      ComputationGraphUpdater updater = network.getUpdater();
      FlatArrays.assign(
          updater.getStateViewArray(),
          UpdaterLayout.asBuilt(updater)
              .move(state.updaterState(), UpdaterLayout.ifBuiltNow(updater)),
          "updater state");
      ModelSerializer.writeModel(network, out, true);
    } finally {
      FlatArrays.free(network);
    }
  }

  private static IUpdater stock(IUpdater updater, double learningRate) {
    if (updater instanceof Momentum momentum) {
      return new Nesterovs(learningRate, momentum.momentum());
    }
    updater.setLrAndSchedule(learningRate, null);
    return updater;
  }
}
