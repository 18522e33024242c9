package org.lrsweep.network.zoo;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.learning.config.IUpdater;

/** The networks that a configuration can name. */
public enum NetworkType {
  /** The network of the learning-rate finder tutorial: two inception stages, 1.65 M parameters. */
  MINIGOOGLENET("minigooglenet", 31) {
    @Override
    void addLayers(ConvolutionalGraph graph, int classes) {
      MiniGoogLeNet.addLayers(graph, classes);
    }
  },

  /** Three convolutions, for a first run on a small machine: about 34,000 parameters. */
  SMALL_CNN("small-cnn", 8) {
    @Override
    void addLayers(ConvolutionalGraph graph, int classes) {
      SmallCnn.addLayers(graph, classes);
    }
  },

  /** A residual network for small images that trains in minutes: 0.41 M parameters. */
  RESNET9("resnet-9", 8) {
    @Override
    void addLayers(ConvolutionalGraph graph, int classes) {
      ResNet9.addLayers(graph, classes);
    }
  },

  /** ResNet-18 for small images: residual blocks, 11.2 M parameters. */
  RESNET18("resnet-18", 8) {
    @Override
    void addLayers(ConvolutionalGraph graph, int classes) {
      ResNet18.addLayers(graph, classes);
    }
  },

  /** MobileNetV2 for small images: depthwise convolutions and residual sums, 2.3 M parameters. */
  MOBILENET_V2("mobilenet-v2", 8) {
    @Override
    void addLayers(ConvolutionalGraph graph, int classes) {
      MobileNetV2.addLayers(graph, classes);
    }
  };

  private static final int MIN_CLASSES = 2;

  private final String label;
  private final int minSize;

  NetworkType(String label, int minSize) {
    this.label = label;
    this.minSize = minSize;
  }

  /** The name that configurations and tables use. */
  public String label() {
    return label;
  }

  /**
   * The network of a name.
   *
   * @throws IllegalArgumentException if no network has this name; the message lists those that are
   */
  public static NetworkType of(String label) {
    return Arrays.stream(values())
        .filter(type -> type.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "network must be one of %s, found \"%s\"".formatted(labels(), label)));
  }

  /**
   * The network as a graph with one input and one softmax output under categorical cross-entropy.
   * The input is [batch, channels, height, width], the output [batch, classes].
   *
   * @param shape the images; height and width at least 31 for MiniGoogLeNet, 8 for the others
   * @param classes number of classes, at least 2
   * @param seed seeds the initial weights
   * @param updater the optimizer of every trained parameter; batch-norm statistics need none
   * @throws IllegalArgumentException if the images are too small or the classes too few
   */
  public ComputationGraphConfiguration configuration(
      ImageShape shape, int classes, long seed, IUpdater updater) {
    if (Math.min(shape.height(), shape.width()) < minSize) {
      throw new IllegalArgumentException(
          "%s needs images of at least %sx%s pixels, found %sx%s"
              .formatted(label, minSize, minSize, shape.height(), shape.width()));
    }
    if (classes < MIN_CLASSES) {
      throw new IllegalArgumentException(
          "%s needs at least %s classes, found %s".formatted(label, MIN_CLASSES, classes));
    }
    ConvolutionalGraph graph = new ConvolutionalGraph(shape, seed, updater);
    addLayers(graph, classes);
    return graph.build();
  }

  abstract void addLayers(ConvolutionalGraph graph, int classes);

  private static String labels() {
    return Arrays.stream(values()).map(NetworkType::label).collect(Collectors.joining(", "));
  }
}
