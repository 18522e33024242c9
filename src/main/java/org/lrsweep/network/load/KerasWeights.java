package org.lrsweep.network.load;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.lrsweep.network.load.KerasGraph.KerasLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Copies a Keras layer's weights into the parameters of the Deeplearning4j layer made of it. */
final class KerasWeights {
  private KerasWeights() {}

  /**
   * Copies all weights of a layer.
   *
   * @param input what the layer reads, whose order the weights follow
   * @param parameters of the layer by Deeplearning4j's names, to be written to
   * @throws IOException if the file's weights are not the layer's
   */
  static void copy(
      KerasLayer layer,
      KerasTensor input,
      Map<String, INDArray> weights,
      Map<String, INDArray> parameters)
      throws IOException {
    if (weights.size() != parameters.size()) {
      throw new IOException(
          "layer \"%s\" needs %s arrays of weights, found %s"
              .formatted(layer.name(), parameters.size(), weights.keySet()));
    }
    for (Map.Entry<String, INDArray> each : weights.entrySet()) {
      INDArray parameter = parameters.get(name(each.getKey()));
      INDArray values = turned(layer, input, each.getKey(), each.getValue());
      if (parameter == null || parameter.length() != values.length()) {
        throw new IOException(
            "layer \"%s\" has weights %s of shape %s, expected %s"
                .formatted(
                    layer.name(),
                    each.getKey(),
                    Arrays.toString(each.getValue().shape()),
                    parameter == null ? "none" : Arrays.toString(parameter.shape())));
      }
      parameter.assign(values.reshape(parameter.shape()));
    }
  }

  private static String name(String keras) {
    return switch (keras) {
      case "kernel", "depthwise_kernel", "embeddings" -> "W";
      case "recurrent_kernel" -> "RW";
      case "pointwise_kernel" -> "pW";
      case "bias" -> "b";
      case "moving_mean" -> "mean";
      case "moving_variance" -> "var";
      default -> keras;
    };
  }

  /**
   * The values in Deeplearning4j's order. Kernels of one-dimensional convolutions stay as they are:
   * Deeplearning4j's have the shape [out, in, steps, 1], but are read as [steps, in, out].
   */
  private static INDArray turned(
      KerasLayer layer, KerasTensor input, String name, INDArray values) {
    if (layer.type().equals("LSTM")) {
      return gates(values);
    }
    boolean isDepthwise = layer.type().equals("DepthwiseConv2D");
    if (KerasConvolutions.isOne(layer) && name.endsWith("kernel") && !isDepthwise) {
      // [height, width, in, out] to [out, in, height, width], or in and out the other way round
      return values.permute(3, 2, 0, 1).dup('c');
    }
    boolean followsInput =
        (layer.type().equals("Dense") && name.equals("kernel"))
            || layer.type().equals("BatchNormalization");
    if (!followsInput || input.hasKerasOrder() || values.size(0) != input.length()) {
      return values;
    }
    return Nd4j.pullRows(
        values.reshape(values.size(0), values.length() / values.size(0)), 1, input.kerasOrder());
  }

  /** Keras has input, forget, cell, output; Deeplearning4j cell, forget, output, input. */
  private static INDArray gates(INDArray values) {
    INDArray rows = values.rank() == 1 ? values.reshape(1, values.length()) : values;
    long units = rows.size(1) / 4;
    INDArray[] turned = new INDArray[4];
    int[] keras = {2, 1, 3, 0};
    for (int gate = 0; gate < turned.length; gate++) {
      turned[gate] =
          rows.get(
              NDArrayIndex.all(),
              NDArrayIndex.interval(keras[gate] * units, (keras[gate] + 1) * units));
    }
    return Nd4j.hstack(turned);
  }
}
