package org.lrsweep.network.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.load.KerasGraph.KerasLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * What a Keras model was compiled with.
 *
 * @param loss Keras' name of it in snake case; empty if it was not compiled
 * @param fromLogits whether the loss itself makes probabilities of the outputs
 * @param optimizer Keras' class and configuration
 */
record KerasTraining(String loss, boolean fromLogits, JsonNode optimizer) {
  private static final Set<String> KNOWN = Set.of("Adam", "RMSprop", "SGD");

  /** Names of the mean over a batch, which Keras 2 and 3 have; absent where it is the default. */
  private static final Set<String> MEANS =
      Set.of("auto", "sum_over_batch_size", "mean", "mean_with_sample_weight", "null");

  /** Settings of Keras' optimizers that change a step and that Deeplearning4j's don't have. */
  private static final List<String> UNREAD =
      List.of(
          "clipnorm",
          "clipvalue",
          "global_clipnorm",
          "weight_decay",
          "use_ema",
          "amsgrad",
          "centered",
          "gradient_accumulation_steps");

  /**
   * What a model's training_config says.
   *
   * @throws IllegalArgumentException if the loss is not the plain one of its name
   */
  static KerasTraining of(Optional<JsonNode> compiled) {
    JsonNode training = compiled.orElse(MissingNode.getInstance());
    JsonNode loss = training.path("loss");
    // One output's loss may stand in a list, or under the output's name.
    while (loss.size() == 1 && !loss.has("class_name")) {
      loss = loss.elements().next();
    }
    JsonNode config = loss.path("config");
    refuse(isSet(config.path("label_smoothing")), "label_smoothing", config);
    refuse(config.hasNonNull("ignore_class"), "ignore_class", config);
    refuse(!MEANS.contains(config.path("reduction").asText("auto")), "reduction", config);
    refuse(!isOne(training.path("loss_weights")), "loss_weights", training);
    String name = loss.isTextual() ? loss.asText() : loss.path("class_name").asText();
    return new KerasTraining(
        name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT),
        loss.path("config").path("from_logits").asBoolean(),
        training.path("optimizer_config"));
  }

  private static void refuse(boolean condition, String key, JsonNode config) {
    if (condition) {
      throw new IllegalArgumentException(
          "the Keras model's loss has %s = %s, which LRSweep doesn't have; compile the model without it and save it again"
              .formatted(key, config.path(key)));
    }
  }

  /** Whether the weights of losses, one or by output, are absent or change nothing. */
  private static boolean isOne(JsonNode weights) {
    if (weights.isContainerNode()) {
      return StreamSupport.stream(weights.spliterator(), false).allMatch(KerasTraining::isOne);
    }
    return weights.isNull() || weights.isMissingNode() || weights.asDouble() == 1;
  }

  /** Why the model has no optimizer that {@link #updater} could be; empty if it has one. */
  Optional<String> withoutUpdater() {
    String type = type();
    if (type.isEmpty()) {
      return Optional.of("the Keras model was not compiled, so it has no optimizer");
    }
    if (!KNOWN.contains(type)) {
      return Optional.of("the Keras model's optimizer is " + type + ", which LRSweep doesn't read");
    }
    JsonNode config = optimizer.path("config");
    String unread =
        Stream.concat(UNREAD.stream(), Stream.of("momentum").filter(key -> !type.equals("SGD")))
            .filter(key -> isSet(config.path(key)))
            .map(key -> key + " = " + config.path(key))
            .collect(Collectors.joining(", "));
    return unread.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the Keras model's optimizer %s has %s, which LRSweep doesn't read"
                .formatted(type, unread));
  }

  /** Whether a setting is there and neither null, 0 nor false. */
  private static boolean isSet(JsonNode value) {
    return value.isNumber()
        ? value.asDouble() != 0
        : value.asBoolean(!value.isNull() && !value.isMissingNode());
  }

  /** Keras 2.11 and later write Custom>Adam. */
  private String type() {
    return optimizer.path("class_name").asText().replace("Custom>", "");
  }

  /** The optimizer; plain gradient descent stands for one that is unknown. */
  IUpdater updater() {
    JsonNode config = optimizer.path("config");
    double rate = config.path("learning_rate").asDouble(0.01);
    return switch (type()) {
      case "Adam" ->
          new Adam(
              rate,
              config.path("beta_1").asDouble(0.9),
              config.path("beta_2").asDouble(0.999),
              config.path("epsilon").asDouble(1e-7));
      case "RMSprop" ->
          new RmsProp(
              rate, config.path("rho").asDouble(0.9), config.path("epsilon").asDouble(1e-7));
      case "SGD" -> sgd(rate, config);
      default -> new Sgd(rate);
    };
  }

  private static IUpdater sgd(double rate, JsonNode config) {
    double momentum = config.path("momentum").asDouble();
    if (momentum == 0) {
      return new Sgd(rate);
    }
    return config.path("nesterov").asBoolean()
        ? new Nesterovs(rate, momentum)
        : new Momentum(rate, momentum);
  }

  /** The activation of the output, that of the loss included. */
  IActivation outputActivation(IActivation own) {
    if (!fromLogits || !(own instanceof ActivationIdentity)) {
      return own;
    }
    return (loss.startsWith("binary") ? Activation.SIGMOID : Activation.SOFTMAX)
        .getActivationFunction();
  }

  /** The loss; of a model that was not compiled, the one that goes with its output. */
  LossFunction loss(IActivation activation, KerasLayer output) {
    return switch (loss) {
      case "categorical_crossentropy", "sparse_categorical_crossentropy" -> LossFunction.MCXENT;
      case "binary_crossentropy" -> LossFunction.XENT;
      case "mse", "mean_squared_error" -> LossFunction.MSE;
      case "mae", "mean_absolute_error" -> LossFunction.MEAN_ABSOLUTE_ERROR;
      case "" -> {
        if (activation instanceof ActivationSoftmax) {
          yield LossFunction.MCXENT;
        }
        yield activation instanceof ActivationSigmoid ? LossFunction.XENT : LossFunction.MSE;
      }
      default -> throw output.refused("the model's loss is " + loss);
    };
  }
}
