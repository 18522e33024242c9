package org.lrsweep.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A network of layers as the graph that it is, whose flattened parameters mean the same. */
public final class LayersAsGraph {
  private LayersAsGraph() {}

  /**
   * A graph of copies of the layers, with the parameters, updater state and counters that the
   * network has now. The caller's random numbers stay as they are.
   */
  public static ComputationGraph of(MultiLayerNetwork layers) {
    ComputationGraph graph = KeptRandom.during(layers::toComputationGraph);
    keepWhatDeeplearning4jLoses(layers, graph.getConfiguration());
    TrainingState.of(layers).restore(graph);
    graph.getConfiguration().setEpochCount(layers.getEpochCount());
    return graph;
  }

  /** Deeplearning4j's conversion sets these to their defaults. */
  private static void keepWhatDeeplearning4jLoses(
      MultiLayerNetwork layers, ComputationGraphConfiguration graph) {
    keep(layers.conf(), graph.getDefaultConfiguration());
    for (int i = 0; i < layers.getnLayers(); i++) {
      LayerVertex vertex = (LayerVertex) graph.getVertices().get(String.valueOf(i));
      keep(layers.getLayerWiseConfigurations().getConf(i), vertex.getLayerConf());
    }
    graph.setBackpropType(layers.getLayerWiseConfigurations().getBackpropType());
    graph.setTbpttFwdLength(layers.getLayerWiseConfigurations().getTbpttFwdLength());
    graph.setTbpttBackLength(layers.getLayerWiseConfigurations().getTbpttBackLength());
  }

  private static void keep(NeuralNetConfiguration from, NeuralNetConfiguration to) {
    to.setMiniBatch(from.isMiniBatch());
    to.setMinimize(from.isMinimize());
    to.setOptimizationAlgo(from.getOptimizationAlgo());
    to.setStepFunction(from.getStepFunction());
    to.setMaxNumLineSearchIterations(from.getMaxNumLineSearchIterations());
  }

  /** Copies parameters, updater state and the count of steps back to the network of layers. */
  public static void copy(ComputationGraph graph, MultiLayerNetwork layers) {
    TrainingState.of(graph).restore(layers);
  }
}
