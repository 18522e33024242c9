package org.lrsweep.network.zoo;

import org.lrsweep.network.zoo.ConvolutionalGraph.Stage;

/**
 * MobileNetV2 of Sandler et al., <a href="https://arxiv.org/abs/1801.04381">MobileNetV2: Inverted
 * residuals and linear bottlenecks</a>, table 2, for small images: the first convolution and the
 * first two groups of blocks keep height and width, where the paper's halve them.
 */
final class MobileNetV2 {

  private static final int FIRST_FILTERS = 32;
  private static final int LAST_FILTERS = 1280;

  /**
   * A group of blocks, table 2's rows.
   *
   * @param expansion how many times as many channels the depthwise convolution has as the input
   * @param stride of the first block
   */
  private record Group(int expansion, int filters, int blocks, int stride) {}

  private static final Group[] GROUPS = {
    new Group(1, 16, 1, 1),
    new Group(6, 24, 2, 1),
    new Group(6, 32, 3, 2),
    new Group(6, 64, 4, 2),
    new Group(6, 96, 3, 1),
    new Group(6, 160, 3, 2),
    new Group(6, 320, 1, 1)
  };

  private MobileNetV2() {}

  static void addLayers(ConvolutionalGraph graph, int classes) {
    Stage stage = graph.relu6(graph.linearConvolution("conv1", graph.input(), FIRST_FILTERS, 3, 1));
    int number = 1;
    for (Group group : GROUPS) {
      for (int i = 0; i < group.blocks(); i++) {
        stage = block(graph, "block" + number, stage, group, i == 0 ? group.stride() : 1);
        number++;
      }
    }
    stage = graph.relu6(graph.linearConvolution("conv2", stage, LAST_FILTERS, 1, 1));
    graph.output(graph.globalAverage("pool", stage), classes);
  }

  private static Stage block(
      ConvolutionalGraph graph, String name, Stage from, Group group, int stride) {
    Stage expanded = from;
    if (group.expansion() > 1) {
      int filters = from.channels() * group.expansion();
      expanded = graph.relu6(graph.linearConvolution(name + "-expand", from, filters, 1, 1));
    }
    Stage filtered = graph.relu6(graph.depthwise(name + "-depthwise", expanded, 3, stride));
    Stage projected = graph.linearConvolution(name + "-project", filtered, group.filters(), 1, 1);
    return stride == 1 && from.channels() == group.filters()
        ? graph.sum(name, projected, from)
        : projected;
  }
}
