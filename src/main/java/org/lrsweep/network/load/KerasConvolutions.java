package org.lrsweep.network.load;

import static org.lrsweep.network.load.KerasLayers.ints;
import static org.lrsweep.network.load.KerasLayers.mode;
import static org.lrsweep.network.load.KerasLayers.penalties;
import static org.lrsweep.network.load.KerasLayers.refuse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.lrsweep.network.load.KerasGraph.KerasLayer;

/** Keras' convolutions of images as Deeplearning4j's, without their weights. */
final class KerasConvolutions {
  private static final Set<String> TYPES =
      Set.of("Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose");

  private KerasConvolutions() {}

  static boolean isOne(KerasLayer layer) {
    return TYPES.contains(layer.type());
  }

  /**
   * A convolution.
   *
   * @throws IllegalArgumentException naming the layer, if Deeplearning4j has none that does the
   *     same
   */
  static ConvolutionLayer of(KerasLayer layer) {
    JsonNode config = layer.config();
    refuse(layer, config.path("groups").asInt(1) != 1, "groups");
    for (String key :
        List.of(
            "depthwise_constraint",
            "pointwise_constraint",
            "pointwise_regularizer",
            "output_padding")) {
      refuse(layer, config.hasNonNull(key), key);
    }
    ConvolutionLayer made = builder(layer).build();
    // Some of the builders forget it.
    made.setActivationFn(KerasActivations.of(layer));
    made.setRegularization(
        penalties(
            layer,
            layer.type().equals("DepthwiseConv2D")
                ? "depthwise_regularizer"
                : "kernel_regularizer"));
    made.setRegularizationBias(penalties(layer, "bias_regularizer"));
    return made;
  }

  private static ConvolutionLayer.BaseConvBuilder<?> builder(KerasLayer layer) {
    JsonNode config = layer.config();
    ConvolutionLayer.BaseConvBuilder<?> builder = kind(layer);
    builder.setKernelSize(ints(config, "kernel_size"));
    builder.setStride(ints(config, "strides"));
    builder.setDilation(ints(config, "dilation_rate"));
    builder.convolutionMode(mode(layer));
    builder.hasBias(config.path("use_bias").asBoolean(true));
    if (config.has("filters")) {
      builder.nOut(config.path("filters").asInt());
    }
    return builder;
  }

  private static ConvolutionLayer.BaseConvBuilder<?> kind(KerasLayer layer) {
    JsonNode config = layer.config();
    int multiplier = config.path("depth_multiplier").asInt(1);
    return switch (layer.type()) {
      case "DepthwiseConv2D" -> new DepthwiseConvolution2D.Builder().depthMultiplier(multiplier);
      case "SeparableConv2D" -> {
        refuse(layer, config.hasNonNull("depthwise_regularizer"), "depthwise_regularizer");
        yield new SeparableConvolution2D.Builder().depthMultiplier(multiplier);
      }
      case "Conv2DTranspose" -> {
        int[] kernel = ints(config, "kernel_size");
        int[] stride = ints(config, "strides");
        boolean leavesGaps = stride[0] > kernel[0] || stride[1] > kernel[1];
        refuse(layer, leavesGaps, "strides beyond its kernel_size");
        boolean isDilated = IntStream.of(ints(config, "dilation_rate")).anyMatch(by -> by != 1);
        refuse(layer, isDilated, "dilation_rate");
        yield new Deconvolution2D.Builder();
      }
      default -> new ConvolutionLayer.Builder();
    };
  }

  /** What a convolution gives. */
  static KerasTensor output(KerasLayer layer, KerasTensor input) {
    JsonNode config = layer.config();
    int[] kernel = ints(config, "kernel_size");
    int[] stride = ints(config, "strides");
    if (layer.type().equals("Conv2DTranspose")) {
      KerasLayers.requireImages(layer, input);
      boolean same = config.path("padding").asText().equals("same");
      return KerasTensor.images(
          layer.name(),
          input.height() * stride[0] + (same ? 0 : kernel[0] - stride[0]),
          input.width() * stride[1] + (same ? 0 : kernel[1] - stride[1]),
          config.path("filters").asInt());
    }
    int channels =
        layer.type().equals("DepthwiseConv2D")
            ? input.channels() * config.path("depth_multiplier").asInt(1)
            : config.path("filters").asInt();
    return KerasLayers.slid(layer, input, kernel, stride).withChannels(layer.name(), channels);
  }
}
