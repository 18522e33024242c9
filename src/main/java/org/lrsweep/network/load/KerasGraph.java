package org.lrsweep.network.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a Keras model in the order in which it lists them, each with those that it reads;
 * sequential and functional models of Keras 2 and 3 alike.
 *
 * @param layers by name
 * @param output the layer whose output is the model's
 */
record KerasGraph(Map<String, KerasLayer> layers, String output) {

  /**
   * A layer.
   *
   * @param type Keras' class
   * @param name in the model
   * @param config what Keras writes of it
   * @param inputs names of the layers that it reads
   */
  record KerasLayer(String type, String name, JsonNode config, List<String> inputs) {

    /** A refusal of this layer. */
    IllegalArgumentException refused(String why) {
      return new IllegalArgumentException(
          "layer \"%s\" (%s) can't be had in Deeplearning4j: %s".formatted(name, type, why));
    }
  }

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException if it is neither sequential nor functional, or has several
   *     inputs or outputs, or a layer that is used more than once
   */
  static KerasGraph of(JsonNode model) {
    JsonNode config = model.path("config");
    return switch (model.path("class_name").asText()) {
      case "Sequential" -> sequential(config);
      case "Functional", "Model" -> functional(config);
      default ->
          throw new IllegalArgumentException(
              "a Keras model must be Sequential or Functional, found "
                  + model.path("class_name").asText("none"));
    };
  }

  private static KerasGraph sequential(JsonNode config) {
    Map<String, KerasLayer> layers = new LinkedHashMap<>();
    // Keras before 2.2.3 wrote the layers without a name around them.
    JsonNode listed = config.isArray() ? config : config.path("layers");
    String last = null;
    for (JsonNode each : listed) {
      String name = name(each);
      boolean isInput = type(each).equals("InputLayer");
      if (last == null && !isInput) {
        String input = name + "_input";
        layers.put(input, new KerasLayer("InputLayer", input, each.path("config"), List.of()));
        last = input;
      }
      layers.put(
          name,
          new KerasLayer(
              type(each), name, each.path("config"), isInput ? List.of() : List.of(last)));
      last = name;
    }
    return new KerasGraph(layers, last);
  }

  private static KerasGraph functional(JsonNode config) {
    Map<String, KerasLayer> layers = new LinkedHashMap<>();
    for (JsonNode each : config.path("layers")) {
      String name = name(each);
      JsonNode nodes = each.path("inbound_nodes");
      if (nodes.size() > 1) {
        throw new IllegalArgumentException(
            "layer \"%s\" is used %s times; layers that share weights can't be had in Deeplearning4j"
                .formatted(name, nodes.size()));
      }
      List<String> inputs = new ArrayList<>();
      collect(nodes, inputs);
      layers.put(name, new KerasLayer(type(each), name, each.path("config"), inputs));
    }
    one("input", config.path("input_layers"));
    return new KerasGraph(layers, one("output", config.path("output_layers")));
  }

  /** Keras 2 names a tensor by [layer, node, tensor, ...], Keras 3 as the history of one. */
  private static void collect(JsonNode node, List<String> inputs) {
    if (node.has("keras_history")) {
      inputs.add(node.path("keras_history").path(0).asText());
    } else if (node.isArray() && node.path(0).isTextual() && node.path(1).isInt()) {
      inputs.add(node.path(0).asText());
    } else if (node.isArray()) {
      node.forEach(child -> collect(child, inputs));
    } else if (node.has("args")) {
      collect(node.path("args"), inputs);
    } else if (node.has("config")) {
      collect(node.path("config"), inputs);
    }
  }

  private static String one(String what, JsonNode listed) {
    List<String> names = new ArrayList<>();
    collect(listed, names);
    if (names.size() != 1) {
      throw new IllegalArgumentException(
          "a network needs one %s, found %s: %s".formatted(what, names.size(), names));
    }
    return names.get(0);
  }

  private static String name(JsonNode layer) {
    return layer.path("config").path("name").asText(layer.path("name").asText());
  }

  private static String type(JsonNode layer) {
    return layer.path("class_name").asText();
  }
}
