package org.lrsweep.network.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.lrsweep.network.load.KerasGraph.KerasLayer;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Keras' layers as Deeplearning4j's, without their weights. */
final class KerasLayers {
  private static final Set<String> READ_FLATTENED =
      Set.of("Dense", "Dropout", "Activation", "ReLU", "LeakyReLU", "ELU");

  private static final Set<String> WITH_WEIGHTS = Set.of("Dense", "BatchNormalization");

  private KerasLayers() {}

  /** Whether a layer is of a kind that has weights, or statistics. */
  static boolean hasWeights(KerasLayer layer) {
    return KerasConvolutions.isOne(layer)
        || KerasSequences.hasWeights(layer)
        || WITH_WEIGHTS.contains(layer.type());
  }

  /** Whether a layer can read flattened images as the images that they are. */
  static boolean readsFlattened(KerasLayer layer) {
    boolean isSoftmax = layer.config().path("activation").asText().equals("softmax");
    return layer.type().equals("Dense") || (READ_FLATTENED.contains(layer.type()) && !isSoftmax);
  }

  /**
   * A layer.
   *
   * @param input what it reads
   * @throws IllegalArgumentException naming the layer, if Deeplearning4j has none that does the
   *     same
   */
  static Layer of(KerasLayer layer, KerasTensor input) {
    JsonNode config = layer.config();
    for (String unknown : List.of("activity_regularizer", "kernel_constraint", "bias_constraint")) {
      refuse(layer, config.hasNonNull(unknown), unknown);
    }
    boolean first = config.path("data_format").asText().equals("channels_first");
    refuse(layer, first, "data_format channels_first");
    KerasSequences.requireFit(layer, input);
    if (KerasSequences.isOne(layer)) {
      return KerasSequences.of(layer, input);
    }
    return switch (layer.type()) {
      case "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose" ->
          KerasConvolutions.of(layer);
      case "Dense" -> dense(layer, input);
      case "MaxPooling2D" -> pooling(layer, PoolingType.MAX);
      case "AveragePooling2D" -> pooling(layer, PoolingType.AVG);
      case "GlobalAveragePooling2D" -> new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
      case "GlobalMaxPooling2D" -> new GlobalPoolingLayer.Builder(PoolingType.MAX).build();
      case "BatchNormalization" -> norm(layer, input);
      case "Dropout" -> new DropoutLayer(new Dropout(1 - rate(layer)));
      case "SpatialDropout2D" -> new DropoutLayer(new SpatialDropout(1 - rate(layer)));
      case "GaussianDropout" -> new DropoutLayer(new GaussianDropout(rate(layer)));
      case "GaussianNoise" -> new DropoutLayer(new GaussianNoise(config.path("stddev").asDouble()));
      case "Activation" -> new ActivationLayer(KerasActivations.of(layer));
      case "ReLU", "LeakyReLU", "ELU" -> new ActivationLayer(KerasActivations.ofLayer(layer));
      case "Softmax" -> new ActivationLayer(KerasActivations.named(layer, "softmax"));
      case "ZeroPadding2D" -> new ZeroPaddingLayer.Builder(sides(layer, "padding")).build();
      case "Cropping2D" -> new Cropping2D(sides(layer, "cropping"));
      case "UpSampling2D" -> upsampling(layer);
      default ->
          throw layer.refused(
              "LRSweep reads Conv1D, Conv2D, DepthwiseConv2D, SeparableConv2D, Conv2DTranspose,"
                  + " LSTM, Embedding, Dense,"
                  + " pooling, BatchNormalization, Dropout, SpatialDropout2D, GaussianDropout,"
                  + " GaussianNoise, Activation, ReLU, LeakyReLU, ELU, Softmax, Flatten,"
                  + " ZeroPadding2D, Cropping2D, UpSampling2D, Add, Subtract, Multiply, Average,"
                  + " Maximum and Concatenate");
    };
  }

  /** What a layer gives. */
  static KerasTensor output(KerasLayer layer, KerasTensor input) {
    String name = layer.name();
    JsonNode config = layer.config();
    if (KerasSequences.isOne(layer)) {
      return KerasSequences.output(layer, input);
    }
    return switch (layer.type()) {
      case "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose" ->
          KerasConvolutions.output(layer, input);
      case "MaxPooling2D", "AveragePooling2D" ->
          slid(layer, input, ints(config, "pool_size"), poolStrides(config)).from(name);
      case "GlobalAveragePooling2D", "GlobalMaxPooling2D" ->
          KerasTensor.row(name, input.channels());
      case "Dense" -> KerasTensor.row(name, config.path("units").asInt());
      case "ZeroPadding2D" -> widened(layer, input, sides(layer, "padding"), 1);
      case "Cropping2D" -> widened(layer, input, sides(layer, "cropping"), -1);
      case "UpSampling2D" -> {
        requireImages(layer, input);
        int[] by = ints(config, "size");
        yield KerasTensor.images(
            name, input.height() * by[0], input.width() * by[1], input.channels());
      }
      case "SpatialDropout2D" -> {
        requireImages(layer, input);
        yield input.from(name);
      }
      default -> input.from(name);
    };
  }

  static void refuse(KerasLayer layer, boolean condition, String what) {
    if (condition) {
      throw layer.refused("it has " + what);
    }
  }

  static void requireImages(KerasLayer layer, KerasTensor input) {
    if (!input.isImage()) {
      throw layer.refused("it must read images");
    }
  }

  private static Layer dense(KerasLayer layer, KerasTensor input) {
    if (input.isImage()) {
      throw layer.refused("it reads images without Flatten before it");
    }
    JsonNode config = layer.config();
    DenseLayer made =
        new DenseLayer.Builder()
            .nIn(input.length())
            .nOut(config.path("units").asInt())
            .hasBias(config.path("use_bias").asBoolean(true))
            .activation(KerasActivations.of(layer))
            .build();
    return regularized(layer, made);
  }

  private static Layer pooling(KerasLayer layer, PoolingType type) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(ints(layer.config(), "pool_size"))
        .stride(poolStrides(layer.config()))
        .convolutionMode(mode(layer))
        .build();
  }

  private static Layer norm(KerasLayer layer, KerasTensor input) {
    JsonNode config = layer.config();
    JsonNode axis =
        config.path("axis").isArray() ? config.path("axis").path(0) : config.path("axis");
    int last = input.isImage() ? 3 : 1;
    refuse(layer, axis.asInt(-1) != -1 && axis.asInt(-1) != last, "an axis that is not the last");
    refuse(layer, !config.path("scale").asBoolean(true), "scale = false");
    refuse(layer, !config.path("center").asBoolean(true), "center = false");
    return new BatchNormalization.Builder()
        .eps(config.path("epsilon").asDouble(1e-3))
        .decay(config.path("momentum").asDouble(0.99))
        .useLogStd(false)
        .build();
  }

  private static Layer regularized(KerasLayer layer, BaseLayer made) {
    made.setRegularization(penalties(layer, "kernel_regularizer"));
    made.setRegularizationBias(penalties(layer, "bias_regularizer"));
    return made;
  }

  /** Keras' L2 is of the squares, Deeplearning4j's of their halves. */
  static List<Regularization> penalties(KerasLayer layer, String key) {
    List<Regularization> penalties = new ArrayList<>();
    if (layer.config().hasNonNull(key)) {
      JsonNode config = layer.config().path(key).path("config");
      refuse(layer, !config.has("l1") && !config.has("l2"), key + " that is neither L1 nor L2");
      if (config.path("l1").asDouble() > 0) {
        penalties.add(new L1Regularization(config.path("l1").asDouble()));
      }
      if (config.path("l2").asDouble() > 0) {
        penalties.add(new L2Regularization(2 * config.path("l2").asDouble()));
      }
    }
    return penalties;
  }

  static ConvolutionMode mode(KerasLayer layer) {
    return switch (layer.config().path("padding").asText("valid")) {
      case "valid" -> ConvolutionMode.Truncate;
      case "same" -> ConvolutionMode.Same;
      default -> throw layer.refused("padding " + layer.config().path("padding"));
    };
  }

  static int[] ints(JsonNode config, String key) {
    JsonNode value = config.path(key);
    if (value.isArray()) {
      return new int[] {value.path(0).asInt(), value.path(1).asInt()};
    }
    return new int[] {value.asInt(1), value.asInt(1)};
  }

  private static int[] poolStrides(JsonNode config) {
    return ints(config, config.hasNonNull("strides") ? "strides" : "pool_size");
  }

  static KerasTensor slid(KerasLayer layer, KerasTensor input, int[] kernel, int[] stride) {
    requireImages(layer, input);
    int[] dilation = ints(layer.config(), "dilation_rate");
    boolean same = mode(layer) == ConvolutionMode.Same;
    int[] sizes = {input.height(), input.width()};
    for (int i = 0; i < sizes.length; i++) {
      int window = same ? 1 : (kernel[i] - 1) * dilation[i] + 1;
      sizes[i] = (sizes[i] - window) / stride[i] + 1;
    }
    return KerasTensor.images(layer.name(), sizes[0], sizes[1], input.channels());
  }

  private static double rate(KerasLayer layer) {
    return layer.config().path("rate").asDouble();
  }

  private static Layer upsampling(KerasLayer layer) {
    String how = layer.config().path("interpolation").asText("nearest");
    refuse(layer, !how.equals("nearest"), "interpolation " + how);
    return new Upsampling2D.Builder().size(ints(layer.config(), "size")).build();
  }

  /** Top, bottom, left, right. */
  private static int[] sides(KerasLayer layer, String key) {
    JsonNode value = layer.config().path(key);
    int[] sides = new int[4];
    for (int i = 0; i < sides.length; i++) {
      JsonNode side = value.isArray() ? value.path(i / 2) : value;
      sides[i] = side.isArray() ? side.path(i % 2).asInt() : side.asInt();
    }
    return sides;
  }

  /** Images with so many more pixels on each side, times a sign. */
  private static KerasTensor widened(KerasLayer layer, KerasTensor input, int[] by, int sign) {
    requireImages(layer, input);
    return KerasTensor.images(
        layer.name(),
        input.height() + sign * (by[0] + by[1]),
        input.width() + sign * (by[2] + by[3]),
        input.channels());
  }
}
