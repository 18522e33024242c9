package org.lrsweep.network.zoo;

import org.lrsweep.network.zoo.ConvolutionalGraph.Stage;

/**
 * ResNet-18 of He et al., <a href="https://arxiv.org/abs/1512.03385">Deep residual learning for
 * image recognition</a>, with the stem for small images that its section 4.2 has: one 3x3
 * convolution, and no pooling before the last.
 */
final class ResNet18 {

  private static final int BLOCKS = 2;
  private static final int[] FILTERS = {64, 128, 256, 512};

  private ResNet18() {}

  static void addLayers(ConvolutionalGraph graph, int classes) {
    Stage stage = graph.relu(graph.linearConvolution("conv1", graph.input(), FILTERS[0], 3, 1));
    for (int i = 0; i < FILTERS.length; i++) {
      for (int block = 1; block <= BLOCKS; block++) {
        String name = "block%s%s".formatted(i + 1, block == 1 ? "a" : "b");
        stage = block(graph, name, stage, FILTERS[i], i > 0 && block == 1 ? 2 : 1);
      }
    }
    graph.output(graph.globalAverage("pool", stage), classes);
  }

  /** Two convolutions, and a shortcut past them: a 1x1 convolution where sizes differ. */
  private static Stage block(
      ConvolutionalGraph graph, String name, Stage from, int filters, int stride) {
    Stage first = graph.relu(graph.linearConvolution(name + "-1", from, filters, 3, stride));
    Stage second = graph.linearConvolution(name + "-2", first, filters, 3, 1);
    Stage shortcut =
        stride == 1 && from.channels() == filters
            ? from
            : graph.linearConvolution(name + "-shortcut", from, filters, 1, stride);
    return graph.relu(graph.sum(name, second, shortcut));
  }
}
