package org.lrsweep.curve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Curves in JSON: columns, records, lines of records, or pandas' split form. */
final class JsonCurve {

  /** Python writes NaN and Infinity, which JSON has not. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final String name;
  private final String part;

  private JsonCurve(String name, String part) {
    this.name = name;
    this.part = part;
  }

  static CurveTable read(String text, String name, String part) throws IOException {
    List<JsonNode> values;
    try (JsonParser parser = MAPPER.createParser(text);
        MappingIterator<JsonNode> all = MAPPER.readerFor(JsonNode.class).readValues(parser)) {
      values = all.readAll();
    }
    JsonCurve curve = new JsonCurve(name, part);
    JsonNode first = values.get(0);
    if (values.size() > 1) {
      return curve.records(values);
    } else if (first.isArray()) {
      return curve.records(first);
    } else if (first.path("columns").isArray() && first.path("data").isArray()) {
      return curve.split(first);
    }
    List<String> lists = new ArrayList<>();
    first.fieldNames().forEachRemaining(lists::add);
    lists.removeIf(field -> !first.get(field).isContainerNode());
    return lists.isEmpty() ? curve.records(values) : curve.columns(first, lists);
  }

  /** {@code {"lr": [...], "loss": [...]}}, or pandas' {@code {"lr": {"0": ...}}}. */
  private CurveTable columns(JsonNode object, List<String> names) {
    List<List<String>> rows = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      int row = 0;
      for (JsonNode value : object.get(names.get(column))) {
        if (row == rows.size()) {
          rows.add(new ArrayList<>());
        }
        pad(rows.get(row), column);
        rows.get(row).add(cell(value));
        row++;
      }
    }
    rows.forEach(row -> pad(row, names.size()));
    return table(names, rows);
  }

  private static void pad(List<String> row, int size) {
    while (row.size() < size) {
      row.add(CurveTable.NO_CELL);
    }
  }

  private CurveTable records(Iterable<JsonNode> records) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode entry : records) {
      if (!entry.isObject()) {
        throw new CurveFileException(
            name
                + " must have an object for each point, or an object of lists, found "
                + entry.getNodeType());
      }
      entry.fieldNames().forEachRemaining(names::add);
    }
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode entry : records) {
      rows.add(names.stream().map(field -> cell(entry.path(field))).toList());
    }
    return table(List.copyOf(names), rows);
  }

  /** pandas' {@code {"columns": ["lr", "loss"], "data": [[...], ...]}}. */
  private CurveTable split(JsonNode object) {
    List<String> names = cells(object.get("columns"));
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode values : object.get("data")) {
      List<String> row = cells(values);
      if (row.size() != names.size()) {
        throw new CurveFileException(
            name
                + " must have "
                + names.size()
                + " values in "
                + place(rows.size())
                + ", one for each of its columns, found "
                + row.size());
      }
      rows.add(row);
    }
    return table(names, rows);
  }

  private CurveTable table(List<String> names, List<List<String>> rows) {
    List<CurveTable.Row> placed = new ArrayList<>();
    for (List<String> row : rows) {
      placed.add(new CurveTable.Row(place(placed.size()), row));
    }
    return new CurveTable(name, List.of("JSON"), names, placed);
  }

  private String place(int row) {
    return "point " + (row + 1) + part;
  }

  private static List<String> cells(JsonNode values) {
    List<String> cells = new ArrayList<>();
    values.forEach(value -> cells.add(cell(value)));
    return cells;
  }

  private static String cell(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
