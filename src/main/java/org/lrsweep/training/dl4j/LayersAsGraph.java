package org.lrsweep.training.dl4j;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A sequence of layers as the graph that it is, whose flattened arrays mean the same. */
final class LayersAsGraph {
  private LayersAsGraph() {}

  static ComputationGraph of(MultiLayerNetwork layers) {
    ComputationGraph graph = layers.toComputationGraph();
    graph.getConfiguration().setIterationCount(layers.getIterationCount());
    graph.getConfiguration().setEpochCount(layers.getEpochCount());
    return graph;
  }

  /** Copies parameters, updater state and the count of steps. */
  static void copy(ComputationGraph graph, MultiLayerNetwork layers) {
    layers.params().assign(graph.params());
    if (graph.getUpdater().getStateViewArray() != null) {
      layers.getUpdater().getStateViewArray().assign(graph.getUpdater().getStateViewArray());
    }
    layers.getLayerWiseConfigurations().setIterationCount(graph.getIterationCount());
  }
}
