package org.lrsweep.network.load;

import com.fasterxml.jackson.databind.JsonNode;
import org.lrsweep.network.load.KerasGraph.KerasLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;

/** Keras' activations as Deeplearning4j's. */
final class KerasActivations {
  private KerasActivations() {}

  /** That of a layer's key activation. */
  static IActivation of(KerasLayer layer) {
    JsonNode activation = layer.config().path("activation");
    return named(
        layer,
        activation.isObject()
            ? activation.path("class_name").asText()
            : activation.asText("linear"));
  }

  /** The activation of a name. */
  static IActivation named(KerasLayer layer, String name) {
    return switch (name) {
      case "linear", "null" -> Activation.IDENTITY.getActivationFunction();
      case "relu" -> Activation.RELU.getActivationFunction();
      case "relu6" -> Activation.RELU6.getActivationFunction();
      case "softmax" -> Activation.SOFTMAX.getActivationFunction();
      case "sigmoid" -> Activation.SIGMOID.getActivationFunction();
      case "tanh" -> Activation.TANH.getActivationFunction();
      case "elu" -> Activation.ELU.getActivationFunction();
      case "selu" -> Activation.SELU.getActivationFunction();
      case "softplus" -> Activation.SOFTPLUS.getActivationFunction();
      case "softsign" -> Activation.SOFTSIGN.getActivationFunction();
      case "swish", "silu" -> Activation.SWISH.getActivationFunction();
      default -> throw layer.refused("activation " + name);
    };
  }

  /** That of a layer that is one. */
  static IActivation ofLayer(KerasLayer layer) {
    JsonNode config = layer.config();
    if (layer.type().equals("LeakyReLU")) {
      // Keras 2 and 3 call it differently.
      double slope = config.path("negative_slope").asDouble(config.path("alpha").asDouble(0.3));
      return new ActivationLReLU(slope);
    }
    if (layer.type().equals("ELU")) {
      KerasLayers.refuse(layer, config.path("alpha").asDouble(1) != 1, "an alpha other than 1");
      return named(layer, "elu");
    }
    boolean plain =
        config.path("negative_slope").asDouble() == 0 && config.path("threshold").asDouble() == 0;
    double most = config.path("max_value").asDouble(Double.POSITIVE_INFINITY);
    if (plain && (most == 6 || most == Double.POSITIVE_INFINITY)) {
      return named(layer, most == 6 ? "relu6" : "relu");
    }
    throw layer.refused("a slope, threshold or max_value other than 6");
  }
}
