package org.lrsweep.network.zoo;

import org.lrsweep.network.zoo.ConvolutionalGraph.Stage;

/** Three 3x3 convolutions, each followed by a 2x2 max pooling, and a dense output. */
final class SmallCnn {

  private SmallCnn() {}

  static void addLayers(ConvolutionalGraph graph, int classes) {
    Stage stage = graph.input();
    stage = block(graph, 1, stage, 16);
    stage = block(graph, 2, stage, 32);
    stage = block(graph, 3, stage, 64);
    graph.output(stage, classes);
  }

  private static Stage block(ConvolutionalGraph graph, int number, Stage from, int filters) {
    Stage convolved = graph.convolution("conv" + number, from, filters, 3);
    return graph.maxPooling("pool" + number, convolved, 2, 2);
  }
}
