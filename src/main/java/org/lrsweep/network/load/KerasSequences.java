package org.lrsweep.network.load;

import static org.lrsweep.network.load.KerasLayers.penalties;
import static org.lrsweep.network.load.KerasLayers.refuse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.lrsweep.network.load.KerasGraph.KerasLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * Keras' layers that read or make sequences as Deeplearning4j's, without their weights. Keras has a
 * sequence as [steps, channels], Deeplearning4j as [channels, steps].
 */
final class KerasSequences {
  private static final Set<String> TYPES =
      Set.of(
          "Conv1D",
          "LSTM",
          "Embedding",
          "MaxPooling1D",
          "AveragePooling1D",
          "GlobalMaxPooling1D",
          "GlobalAveragePooling1D");

  /** Layers that do the same to every number, whatever it is part of. */
  private static final Set<String> OF_NUMBERS =
      Set.of(
          "Dropout", "GaussianDropout", "GaussianNoise", "Activation", "ReLU", "LeakyReLU", "ELU");

  private KerasSequences() {}

  static boolean isOne(KerasLayer layer) {
    return TYPES.contains(layer.type());
  }

  static boolean hasWeights(KerasLayer layer) {
    return Set.of("Conv1D", "LSTM", "Embedding").contains(layer.type());
  }

  /** Refuses a layer that reads a sequence though it can't, or something else though it must. */
  static void requireFit(KerasLayer layer, KerasTensor input) {
    if (layer.type().equals("Embedding")) {
      refuse(layer, input.form() != KerasTensor.Form.ROW, "no row of numbers to read");
      return;
    }
    boolean isSoftmax = layer.config().path("activation").asText().equals("softmax");
    boolean reads = isOne(layer) || (OF_NUMBERS.contains(layer.type()) && !isSoftmax);
    refuse(layer, input.isSequence() && !reads, "a sequence to read");
    refuse(layer, !input.isSequence() && isOne(layer), "no sequence to read");
  }

  /**
   * A layer.
   *
   * @param input what it reads
   * @throws IllegalArgumentException naming the layer, if Deeplearning4j has none that does the
   *     same
   */
  static Layer of(KerasLayer layer, KerasTensor input) {
    return switch (layer.type()) {
      case "Conv1D" -> convolution(layer, input);
      case "LSTM" -> lstm(layer, input);
      case "Embedding" -> embedding(layer, input);
      case "MaxPooling1D" -> pooling(layer, SubsamplingLayer.PoolingType.MAX);
      case "AveragePooling1D" -> {
        refuse(layer, mode(layer) != ConvolutionMode.Truncate, "padding other than valid");
        yield pooling(layer, SubsamplingLayer.PoolingType.AVG);
      }
      case "GlobalMaxPooling1D" -> global(layer, PoolingType.MAX);
      default -> global(layer, PoolingType.AVG);
    };
  }

  /** What a layer gives. */
  static KerasTensor output(KerasLayer layer, KerasTensor input) {
    JsonNode config = layer.config();
    return switch (layer.type()) {
      case "Conv1D" ->
          KerasTensor.sequence(
              layer.name(),
              steps(layer, input, one(config, "kernel_size"), one(config, "strides")),
              config.path("filters").asInt());
      case "LSTM" ->
          config.path("return_sequences").asBoolean()
              ? input.withChannels(layer.name(), config.path("units").asInt())
              : KerasTensor.row(layer.name(), config.path("units").asInt());
      case "Embedding" ->
          KerasTensor.sequence(layer.name(), input.length(), config.path("output_dim").asInt());
      case "MaxPooling1D", "AveragePooling1D" ->
          KerasTensor.sequence(
              layer.name(),
              steps(layer, input, one(config, "pool_size"), poolStride(config)),
              input.channels());
      default -> KerasTensor.row(layer.name(), input.channels());
    };
  }

  private static Layer convolution(KerasLayer layer, KerasTensor input) {
    JsonNode config = layer.config();
    refuse(layer, config.path("groups").asInt(1) != 1, "groups");
    Convolution1DLayer made =
        new Convolution1DLayer.Builder(one(config, "kernel_size"))
            .stride(one(config, "strides"))
            .dilation(one(config, "dilation_rate"))
            .convolutionMode(mode(layer))
            .nIn(input.channels())
            .nOut(config.path("filters").asInt())
            .hasBias(config.path("use_bias").asBoolean(true))
            .build();
    made.setActivationFn(KerasActivations.of(layer));
    return regularized(layer, made);
  }

  private static Layer lstm(KerasLayer layer, KerasTensor input) {
    JsonNode config = layer.config();
    for (String key : List.of("go_backwards", "stateful", "return_state", "time_major")) {
      refuse(layer, config.path(key).asBoolean(), key);
    }
    for (String key : List.of("dropout", "recurrent_dropout")) {
      refuse(layer, config.path(key).asDouble() != 0, key);
    }
    for (String key : List.of("recurrent_regularizer", "recurrent_constraint")) {
      refuse(layer, config.hasNonNull(key), key);
    }
    refuse(layer, !config.path("use_bias").asBoolean(true), "use_bias = false");
    String gates = config.path("recurrent_activation").asText("sigmoid");
    refuse(layer, !gates.equals("sigmoid"), "recurrent_activation " + gates);
    String activation = config.path("activation").asText("tanh");
    refuse(layer, !activation.equals("tanh"), "activation " + activation);
    LSTM made =
        new LSTM.Builder()
            .nIn(input.channels())
            .nOut(config.path("units").asInt())
            .activation(Activation.TANH)
            .gateActivationFunction(Activation.SIGMOID)
            .build();
    Layer penalised = regularized(layer, made);
    return config.path("return_sequences").asBoolean() ? penalised : new LastTimeStep(penalised);
  }

  private static Layer embedding(KerasLayer layer, KerasTensor input) {
    JsonNode config = layer.config();
    refuse(layer, config.path("mask_zero").asBoolean(), "mask_zero");
    for (String key : List.of("embeddings_regularizer", "embeddings_constraint")) {
      refuse(layer, config.hasNonNull(key), key);
    }
    return new EmbeddingSequenceLayer.Builder()
        .nIn(config.path("input_dim").asInt())
        .nOut(config.path("output_dim").asInt())
        .inputLength(input.length())
        .hasBias(false)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** Gives an embedding, frozen or not, the number of words that it has in Keras. */
  static void keepWords(KerasLayer layer, Layer made) {
    if (made instanceof FrozenLayer frozen) {
      keepWords(layer, frozen.getLayer());
    } else if (made instanceof EmbeddingSequenceLayer embedding) {
      embedding.setNIn(layer.config().path("input_dim").asInt());
    }
  }

  private static Layer pooling(KerasLayer layer, SubsamplingLayer.PoolingType type) {
    return new Subsampling1DLayer.Builder(type)
        .kernelSize(one(layer.config(), "pool_size"))
        .stride(poolStride(layer.config()))
        .convolutionMode(mode(layer))
        .build();
  }

  private static Layer global(KerasLayer layer, PoolingType type) {
    refuse(layer, layer.config().path("keepdims").asBoolean(), "keepdims");
    return new GlobalPoolingLayer.Builder(type).build();
  }

  private static Layer regularized(KerasLayer layer, BaseLayer made) {
    made.setRegularization(penalties(layer, "kernel_regularizer"));
    made.setRegularizationBias(penalties(layer, "bias_regularizer"));
    return made;
  }

  private static ConvolutionMode mode(KerasLayer layer) {
    return layer.config().path("padding").asText().equals("causal")
        ? ConvolutionMode.Causal
        : KerasLayers.mode(layer);
  }

  private static int steps(KerasLayer layer, KerasTensor input, int kernel, int stride) {
    int window =
        mode(layer) == ConvolutionMode.Truncate
            ? (kernel - 1) * one(layer.config(), "dilation_rate") + 1
            : 1;
    return input.width() == KerasTensor.ANY
        ? KerasTensor.ANY
        : (input.width() - window) / stride + 1;
  }

  private static int poolStride(JsonNode config) {
    return one(config, config.hasNonNull("strides") ? "strides" : "pool_size");
  }

  private static int one(JsonNode config, String key) {
    JsonNode value = config.path(key);
    return value.isArray() ? value.path(0).asInt() : value.asInt(1);
  }
}
