package org.lrsweep.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fits a network to the examples that it is to be trained on, or says which layer can't read them.
 *
 * <p>Dense layers that begin a network read images as rows of numbers, channel by channel and row
 * by row, as Deeplearning4j's own data sets give them.
 */
public final class InputFit {
  private static final int IMAGE = 3;
  private static final int SEQUENCE = 2;

  private final long[] shape;

  private InputFit(long[] shape) {
    this.shape = shape;
  }

  /**
   * The network as it reads such examples.
   *
   * @param shape of one example's features: [channels, height, width], [features, steps] or
   *     [length]
   * @throws IllegalArgumentException naming the layer that can't read them, what it expects and
   *     what the examples are
   */
  public static NetworkSpec fitted(NetworkSpec network, long... shape) {
    ComputationGraphConfiguration configuration = network.configuration();
    InputFit fit = new InputFit(shape);
    String input = configuration.getNetworkInputs().get(0);
    for (Map.Entry<String, List<String>> inputs : configuration.getVertexInputs().entrySet()) {
      GraphVertex vertex = configuration.getVertices().get(inputs.getKey());
      if (inputs.getValue().contains(input) && vertex instanceof LayerVertex layer) {
        fit.fit(inputs.getKey(), layer);
      }
    }
    return network.with(configuration);
  }

  /** The layer, if there is one, that takes its input for numbers of words. */
  public static Optional<String> embedding(NetworkSpec network) {
    ComputationGraphConfiguration configuration = network.configuration();
    String input = configuration.getNetworkInputs().get(0);
    return configuration.getVertexInputs().entrySet().stream()
        .filter(inputs -> inputs.getValue().contains(input))
        .map(Map.Entry::getKey)
        .filter(
            vertex ->
                configuration.getVertices().get(vertex) instanceof LayerVertex layer
                    && isEmbedding(layer.getLayerConf().getLayer()))
        .findFirst();
  }

  private static boolean isEmbedding(Layer layer) {
    return layer instanceof FrozenLayer frozen
        ? isEmbedding(frozen.getLayer())
        : layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer;
  }

  /**
   * How many outputs the network has for such an example.
   *
   * @param shape of one example's features
   * @throws IllegalArgumentException naming the layer that can't read what comes to it, or if no
   *     network can be built of the configuration
   */
  public static long[] outputShape(NetworkSpec network, long... shape) {
    ComputationGraph graph = built(network);
    long[] batch = new long[shape.length + 1];
    batch[0] = 1;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    try (INDArray example = Nd4j.zeros(batch)) {
      long[] outputs = graph.outputSingle(false, example).shape();
      return Arrays.copyOfRange(outputs, 1, outputs.length);
    } catch (RuntimeException e) {
      Throwable cause = ExceptionUtils.getRootCause(e);
      throw new IllegalArgumentException(
          "layer \"%s\" can't read what comes of examples of %s: %s"
              .formatted(failing(graph, batch), text(shape), firstLine(cause)),
          e);
    } finally {
      FlatArrays.free(graph);
    }
  }

  private static ComputationGraph built(NetworkSpec network) {
    try {
      return network.build();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Deeplearning4j can't build the network: " + firstLine(ExceptionUtils.getRootCause(e)),
          e);
    }
  }

  /** The first layer that a pass through the network does not get over. */
  private static String failing(ComputationGraph graph, long[] batch) {
    int layer = 0;
    try (INDArray example = Nd4j.zeros(batch)) {
      while (layer < graph.getNumLayers() - 1) {
        graph.feedForward(new INDArray[] {example}, layer, false);
        layer++;
      }
      return name(graph, layer);
    } catch (RuntimeException e) {
      // A layer's output is at once made the next one's input, by the next one's preprocessor.
      boolean atNext =
          Arrays.stream(ExceptionUtils.getRootCause(e).getStackTrace())
              .anyMatch(frame -> frame.getMethodName().equals("applyPreprocessorAndSetInput"));
      return atNext ? next(graph, name(graph, layer)) : name(graph, layer);
    }
  }

  private static String name(ComputationGraph graph, int layer) {
    return graph.getLayers()[layer].conf().getLayer().getLayerName();
  }

  private static String next(ComputationGraph graph, String layer) {
    ComputationGraphConfiguration network = graph.getConfiguration();
    return network.getVertexInputs().entrySet().stream()
        .filter(inputs -> inputs.getValue().contains(layer))
        .map(Map.Entry::getKey)
        .filter(
            name ->
                network.getVertices().get(name) instanceof LayerVertex vertex
                    && vertex.getPreProcessor() != null)
        .findFirst()
        .orElse(layer);
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void fit(String name, LayerVertex vertex) {
    InputPreProcessor preprocessor = vertex.getPreProcessor();
    Layer layer = unwrapped(vertex.getLayerConf().getLayer());
    if (preprocessor instanceof FeedForwardToCnnPreProcessor images) {
      requireImages(name, images.getNumChannels(), images.getInputHeight(), images.getInputWidth());
    } else if (preprocessor instanceof CnnToFeedForwardPreProcessor images) {
      requireImages(name, images.getNumChannels(), images.getInputHeight(), images.getInputWidth());
    } else if (layer instanceof ConvolutionLayer convolution && preprocessor == null) {
      fitConvolution(name, convolution);
    } else if (layer instanceof BaseRecurrentLayer recurrent && preprocessor == null) {
      requireSequences(name, recurrent.getNIn());
    } else if (isDense(layer) && preprocessor == null) {
      fitDense(name, (FeedForwardLayer) layer, vertex);
    }
  }

  private static Layer unwrapped(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return unwrapped(frozen.getLayer());
    }
    return layer instanceof BaseWrapperLayer wrapper ? unwrapped(wrapper.getUnderlying()) : layer;
  }

  private static boolean isDense(Layer layer) {
    return layer instanceof DenseLayer || layer instanceof OutputLayer;
  }

  private void requireImages(String name, long channels, long height, long width) {
    boolean fits =
        shape.length == IMAGE
            ? Arrays.equals(shape, new long[] {channels, height, width})
            : shape.length == 1 && shape[0] == channels * height * width;
    require(fits, name, "images of " + text(channels, height, width));
  }

  private void fitConvolution(String name, ConvolutionLayer layer) {
    if (layer instanceof Convolution1DLayer) {
      requireSequences(name, layer.getNIn());
      return;
    }
    if (layer.getKernelSize().length != 2) {
      return; // Over volumes, of which the trial pass tells.
    }
    require(
        layer.getCnn2dDataFormat() == CNN2DFormat.NCHW,
        name,
        "images of [height, width, channels], which LRSweep doesn't make");
    require(
        shape.length == IMAGE && shape[0] == layer.getNIn(),
        name,
        "images of " + layer.getNIn() + (layer.getNIn() == 1 ? " channel" : " channels"));
  }

  private void requireSequences(String name, long channels) {
    require(
        shape.length == SEQUENCE && shape[0] == channels,
        name,
        "sequences of " + channels + " numbers a step");
  }

  private void fitDense(String name, FeedForwardLayer layer, LayerVertex vertex) {
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    boolean fits = (shape.length == IMAGE || shape.length == 1) && layer.getNIn() == length;
    require(fits, name, layer.getNIn() + " numbers");
    if (shape.length == IMAGE) {
      vertex.setPreProcessor(new CnnToFeedForwardPreProcessor(shape[1], shape[2], shape[0]));
    }
  }

  private void require(boolean fits, String layer, String expected) {
    if (!fits) {
      throw new IllegalArgumentException(
          "layer \"%s\" reads %s, the examples are of %s".formatted(layer, expected, text(shape)));
    }
  }

  private static String text(long... sizes) {
    return Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }
}
