package org.lrsweep.network;

import java.io.IOException;
import java.io.OutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Writes what was trained as a DL4J model zip that loads without LRSweep. */
public final class TrainedNetwork {
  private TrainedNetwork() {}

  /**
   * Writes a model zip: configuration, parameters and updater state. Plain momentum, which
   * Deeplearning4j lacks, is written as its Nesterov's with the same coefficient; the state means
   * the same to both.
   *
   * @param learningRate what the stored updater's learning rate is set to
   */
  public static void write(
      NetworkSpec spec, TrainingState state, double learningRate, OutputStream out)
      throws IOException {
    ComputationGraphConfiguration configuration = spec.configuration();
    for (BaseLayer layer : TrainableLayers.of(configuration)) {
      layer.setIUpdater(stock(layer.getIUpdater(), learningRate));
      layer.setBiasUpdater(stock(layer.getBiasUpdater(), learningRate));
    }
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    try {
      state.restore(network);
      ModelSerializer.writeModel(network, out, true);
    } finally {
      FlatArrays.free(network);
    }
  }

  private static IUpdater stock(IUpdater updater, double learningRate) {
    if (updater instanceof Momentum momentum) {
      return new Nesterovs(learningRate, momentum.momentum());
    }
    if (updater != null && updater.hasLearningRate()) {
      updater.setLrAndSchedule(learningRate, null);
    }
    return updater;
  }
}
