package org.lrsweep.network.zoo;

import org.lrsweep.network.zoo.ConvolutionalGraph.Stage;

/**
 * MiniGoogLeNet as in the Keras learning-rate finder tutorial, after Zhang et al., <a
 * href="https://arxiv.org/abs/1611.03530">Understanding deep learning requires rethinking
 * generalization</a>, figure 3.
 */
final class MiniGoogLeNet {

  private static final int POOL = 7;
  private static final double RETAINED = 0.5;

  private MiniGoogLeNet() {}

  static void addLayers(ConvolutionalGraph graph, int classes) {
    Stage stage = graph.convolution("conv1", graph.input(), 96, 3);
    stage = inception(graph, "inception1a", stage, 32, 32);
    stage = inception(graph, "inception1b", stage, 32, 48);
    stage = downsample(graph, "downsample1", stage, 80);
    stage = inception(graph, "inception2a", stage, 112, 48);
    stage = inception(graph, "inception2b", stage, 96, 64);
    stage = inception(graph, "inception2c", stage, 80, 80);
    stage = inception(graph, "inception2d", stage, 48, 96);
    stage = downsample(graph, "downsample2", stage, 96);
    stage = inception(graph, "inception3a", stage, 176, 160);
    stage = inception(graph, "inception3b", stage, 176, 160);
    stage = graph.averagePooling("pool", stage, POOL, POOL);
    graph.outputAfterDropout(stage, classes, RETAINED);
  }

  private static Stage inception(
      ConvolutionalGraph graph, String name, Stage from, int filters1x1, int filters3x3) {
    return graph.concatenation(
        name,
        graph.convolution(name + "-1x1", from, filters1x1, 1),
        graph.convolution(name + "-3x3", from, filters3x3, 3));
  }

  private static Stage downsample(ConvolutionalGraph graph, String name, Stage from, int filters) {
    return graph.concatenation(
        name,
        graph.stridedConvolution(name + "-3x3", from, filters, 3),
        graph.maxPooling(name + "-pool", from, 3, 2));
  }
}
