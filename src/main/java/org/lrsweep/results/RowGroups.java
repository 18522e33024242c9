package org.lrsweep.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Rows of a table as Parquet's groups and back. Columns that the table doesn't know are passed
 * over; a nullable column that a file lacks is null, so files of older versions can be read. For
 * one file; not thread-safe.
 */
final class RowGroups<R extends Record> {
  private final Table<R> table;
  private final MessageType schema;

  /** Equal texts are one object: a table of steps names its trial in every row. */
  private final Map<String, String> texts = new HashMap<>();

  /** Where the file's groups have the table's columns, -1 for nowhere; null before the first. */
  private int[] fields;

  RowGroups(Table<R> table) {
    this.table = table;
    schema = RowSchema.of(table);
  }

  MessageType schema() {
    return schema;
  }

  Group group(R row) {
    Group group = new SimpleGroup(schema);
    List<Column> columns = table.storedColumns();
    for (int field = 0; field < columns.size(); field++) {
      Object value = columns.get(field).value(row);
      if (value == null) {
        continue;
      }
      switch (columns.get(field).type()) {
        case STRING -> group.add(field, value instanceof Enum<?> e ? e.name() : (String) value);
        case INT -> group.add(field, (int) value);
        case LONG -> group.add(field, (long) value);
        case DOUBLE -> group.add(field, (double) value);
        case BOOLEAN -> group.add(field, (boolean) value);
        case TIMESTAMP ->
            group.add(field, ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
      }
    }
    return group;
  }

  /**
   * The row of a group.
   *
   * @throws IllegalArgumentException if the group isn't of this table, or the row type refuses a
   *     value
   */
  R row(String runId, Group group) {
    if (fields == null) {
      fields = fields(group.getType());
    }
    List<Column> columns = table.storedColumns();
    Object[] values = new Object[1 + columns.size()];
    values[0] = runId;
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] >= 0 && group.getFieldRepetitionCount(fields[i]) > 0) {
        values[1 + i] = value(columns.get(i), group, fields[i]);
      }
    }
    return table.row(values);
  }

  private int[] fields(GroupType found) {
    List<Column> columns = table.storedColumns();
    int[] places = new int[columns.size()];
    for (int i = 0; i < places.length; i++) {
      Column column = columns.get(i);
      places[i] = found.containsField(column.name()) ? found.getFieldIndex(column.name()) : -1;
      if (places[i] >= 0) {
        requireSame(column, found.getType(places[i]));
      } else if (!column.nullable()) {
        throw new IllegalArgumentException(
            "column " + column.name() + " of type " + column.type() + " is missing");
      }
    }
    return places;
  }

  /** Whether a column is optional may differ: other writers make every column optional. */
  private static void requireSame(Column column, Type found) {
    var expected = RowSchema.of(column);
    boolean same =
        found.isPrimitive()
            && found.asPrimitiveType().getPrimitiveTypeName() == expected.getPrimitiveTypeName();
    if (!same) {
      throw new IllegalArgumentException(
          "column " + column.name() + " must be " + expected + ", found " + found);
    }
  }

  private Object value(Column column, Group group, int field) {
    return switch (column.type()) {
      case STRING -> text(column, group.getString(field, 0));
      case INT -> group.getInteger(field, 0);
      case LONG -> group.getLong(field, 0);
      case DOUBLE -> group.getDouble(field, 0);
      case BOOLEAN -> group.getBoolean(field, 0);
      case TIMESTAMP -> Instant.EPOCH.plus(group.getLong(field, 0), ChronoUnit.MICROS);
    };
  }

  private Object text(Column column, String text) {
    return column.javaType().isEnum()
        ? constant(column, text)
        : texts.computeIfAbsent(text, known -> known);
  }

  private static Object constant(Column column, String name) {
    Object[] constants = column.javaType().getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    column.name()
                        + " must be one of "
                        + Arrays.toString(constants)
                        + ", found \""
                        + name
                        + "\""));
  }
}
