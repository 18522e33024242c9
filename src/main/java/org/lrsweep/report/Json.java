package org.lrsweep.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** JSON, written front to back. A number that isn't finite is null, which JSON can say. */
final class Json {
  private final StringWriter text = new StringWriter();
  private final JsonGenerator generator;

  private Json() throws IOException {
    this.generator = new JsonFactory().createGenerator(text);
  }

  /** An object with what the content adds to it. */
  static String object(Consumer content) {
    try {
      Json json = new Json();
      json.members(content);
      json.generator.close();
      return json.text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void string(String name, String value) throws IOException {
    generator.writeStringField(name, value);
  }

  void bool(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
  }

  void integer(String name, long value) throws IOException {
    generator.writeNumberField(name, value);
  }

  void number(String name, Number value) throws IOException {
    generator.writeFieldName(name);

    if (value instanceof Integer || value instanceof Long) {
      generator.writeNumber(value.longValue());
    } else {
      number(value == null ? Double.NaN : value.doubleValue());
    }
  }

  void nothing(String name) throws IOException {
    generator.writeNullField(name);
  }

  void object(String name, Consumer content) throws IOException {
    generator.writeFieldName(name);
    members(content);
  }

  <T> void numbers(String name, Collection<T> items, ToDoubleFunction<T> value) throws IOException {
    generator.writeArrayFieldStart(name);

    for (T item : items) {
      number(value.applyAsDouble(item));
    }

    generator.writeEndArray();
  }

  void numbers(String name, double[] values) throws IOException {
    generator.writeArrayFieldStart(name);

    for (double value : values) {
      number(value);
    }

    generator.writeEndArray();
  }

  <T> void objects(String name, Collection<T> items, Function<T, Consumer> content)
      throws IOException {
    generator.writeArrayFieldStart(name);

    for (T item : items) {
      members(content.apply(item));
    }

    generator.writeEndArray();
  }

  /** An array of arrays of strings. */
  void table(String name, Collection<? extends Collection<String>> rows) throws IOException {
    generator.writeArrayFieldStart(name);

    for (Collection<String> row : rows) {
      generator.writeStartArray();

      for (String cell : row) {
        generator.writeString(cell);
      }

      generator.writeEndArray();
    }

    generator.writeEndArray();
  }

  void matrix(String name, long[][] rows) throws IOException {
    generator.writeArrayFieldStart(name);

    for (long[] row : rows) {
      generator.writeArray(row, 0, row.length);
    }

    generator.writeEndArray();
  }

  private void members(Consumer content) throws IOException {
    generator.writeStartObject();
    content.addTo(this);
    generator.writeEndObject();
  }

  /** Single precision is more than a page can show, and half as long. */
  private void number(double value) throws IOException {
    if (!Double.isFinite(value)) {
      generator.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      generator.writeNumber((long) value);
    } else if (Math.abs(value) < Float.MAX_VALUE) {
      generator.writeNumber((float) value);
    } else {
      generator.writeNumber(value);
    }
  }

  /** What an object holds. */
  @FunctionalInterface
  interface Consumer {
    void addTo(Json json) throws IOException;
  }
}
