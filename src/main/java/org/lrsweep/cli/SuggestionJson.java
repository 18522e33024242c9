package org.lrsweep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import org.lrsweep.curve.Suggestion;

/** A suggestion as a JSON object; what it does not give is null. */
final class SuggestionJson {
  private SuggestionJson() {}

  static String of(Suggestion suggestion) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("method", suggestion.method());
    put(json, "lr", suggestion.lr());
    put(json, "min_lr", suggestion.minLr());
    put(json, "max_lr", suggestion.maxLr());
    json.put("reason", suggestion.reason());
    return json.toString();
  }

  private static void put(ObjectNode json, String key, OptionalDouble value) {
    json.put(key, value.isPresent() ? (Double) value.getAsDouble() : null);
  }
}
