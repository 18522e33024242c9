package org.lrsweep.network.zoo;

import org.lrsweep.network.zoo.ConvolutionalGraph.Stage;

/**
 * A residual network for small images that trains in minutes: the one that David Page's <a
 * href="https://myrtle.ai/how-to-train-your-resnet/">How to train your ResNet</a> arrives at, with
 * a quarter of its channels. A step forward takes 48 MFLOP an image of 32x32, half of ResNet-20's.
 *
 * <p>Three stages convolve to twice as many channels and halve the image by max pooling; the first
 * and the last add what two more convolutions make of it.
 */
final class ResNet9 {

  private static final int FILTERS = 16;

  private ResNet9() {}

  static void addLayers(ConvolutionalGraph graph, int classes) {
    Stage stage = convolution(graph, "conv1", graph.input(), FILTERS);
    stage = residual(graph, "block1", halved(graph, "stage1", stage));
    stage = halved(graph, "stage2", stage);
    stage = residual(graph, "block3", halved(graph, "stage3", stage));
    graph.output(graph.globalAverage("pool", stage), classes);
  }

  private static Stage halved(ConvolutionalGraph graph, String name, Stage from) {
    Stage convolved = convolution(graph, name, from, 2 * from.channels());
    return graph.maxPooling(name + "-pool", convolved, 2, 2);
  }

  private static Stage residual(ConvolutionalGraph graph, String name, Stage from) {
    Stage first = convolution(graph, name + "-1", from, from.channels());
    return graph.sum(name, convolution(graph, name + "-2", first, from.channels()), from);
  }

  private static Stage convolution(ConvolutionalGraph graph, String name, Stage from, int filters) {
    return graph.relu(graph.linearConvolution(name, from, filters, 3, 1));
  }
}
