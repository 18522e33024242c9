package org.lrsweep.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a network is given and what it answers: as JSON, and as a Java class that does it.
 *
 * @param names of its outputs, in their order
 * @param outputs what these are: {@code classes}, {@code labels} or {@code targets}
 * @param input its shape and scaling, as JSON
 * @param className of the Java class
 * @param java its source
 */
record ModelInput(
    List<String> names, String outputs, ObjectNode input, String className, String java) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHAPE = "shape";
  private static final int IMAGE = 3;

  /** Begins and ends what a template leaves open. */
  private static final char TEMPLATE = '@';

  private static final String RESIZE = "bilinear, half-pixel centres, as OpenCV's INTER_LINEAR";

  ModelInput {
    names = List.copyOf(names);
  }

  /** Gray images of a square size, as pixels of 0 to 255. */
  static ModelInput ofGrayImages(List<String> classes, int size) throws IOException {
    ObjectNode input = JSON.createObjectNode();
    input.putArray(SHAPE).add("batch").add(1).add(size).add(size);
    input.put("resize", RESIZE);
    input.put("divide_by", 255);
    Map<String, String> values =
        Map.of("@SIZE@", String.valueOf(size), "@CLASSES@", literals(classes));
    return new ModelInput(classes, "classes", input, "Classify", java("Classify", values));
  }

  /** A user's own data, as {@code input.json} beside its networks describes it. */
  static ModelInput ofOwnData(JsonNode described) throws IOException {
    String outputs =
        List.of("classes", "labels", "targets").stream()
            .filter(described::has)
            .findFirst()
            .orElseThrow(() -> new IOException("input.json names no classes, labels or targets"));
    List<String> names = texts(described.get(outputs));
    List<String> shape = texts(described.get(SHAPE));
    ObjectNode input = JSON.createObjectNode();
    ArrayNode whole = input.putArray(SHAPE).add("batch");
    described.get(SHAPE).forEach(whole::add);
    List<String> columns = texts(described.path("columns"));
    if (!columns.isEmpty()) {
      input.set("columns", described.get("columns"));
    }
    if (shape.size() == IMAGE) {
      input.put("resize", RESIZE);
    }
    input.set("subtract", described.get("subtract"));
    input.set("divide_by", described.get("divide_by"));
    // A sequence has as many steps as it has.
    List<String> one = shape.size() == 2 ? List.of(shape.get(0), "-1") : shape;
    Map<String, String> values =
        Map.of(
            "@FORM@",
            form(shape),
            "@WRONG@",
            wrong(shape),
            "@COLUMNS@",
            literals(columns),
            "@NAMES@",
            literals(names),
            "@SUBTRACT@",
            floats(described.get("subtract")),
            "@DIVIDE_BY@",
            floats(described.get("divide_by")),
            "@SHAPE@",
            "1, " + String.join(", ", one));
    return new ModelInput(names, outputs, input, "Predict", java("Predict", values));
  }

  private static String form(List<String> shape) {
    return switch (shape.size()) {
      case 1 -> shape.get(0) + " numbers, in the order of COLUMNS";
      case 2 ->
          "a sequence, one after the other all steps of each of " + shape.get(0) + " channels";
      default ->
          "an image of "
              + String.join(" x ", shape)
              + " (channels, height, width) as 0 to 255, channel by channel, row by row";
    };
  }

  /** When an example has too few or too many numbers, in Java. */
  private static String wrong(List<String> shape) {
    return shape.size() == 2
        ? "example.length == 0 || example.length % " + shape.get(0) + " != 0"
        : "example.length != " + String.join(" * ", shape);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String floats(JsonNode array) {
    return texts(array).stream().map(number -> number + "f").collect(Collectors.joining(", "));
  }

  private static String java(String name, Map<String, String> values) throws IOException {
    try (InputStream in = ModelInput.class.getResourceAsStream(name + ".java.txt")) {
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        source = source.replace(value.getKey(), value.getValue());
      }
      return source;
    }
  }

  private static String literals(List<String> texts) {
    return texts.stream().map(ModelInput::literal).collect(Collectors.joining(", "));
  }

  /**
   * A Java string; a name may be any text. Java turns what stands after a backslash and a u into a
   * character before it looks for the string's end, so quotes and controls are written otherwise.
   */
  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c < ' ') {
        literal.append(String.format(Locale.ROOT, "\\%03o", (int) c));
      } else if (c > '~' || c == TEMPLATE) {
        literal.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        literal.append(c);
      }
    }
    return literal.append('"').toString();
  }
}
