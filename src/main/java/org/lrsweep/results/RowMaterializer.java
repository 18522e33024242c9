package org.lrsweep.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Puts rows together from a Parquet file's values and the run id of its path. */
final class RowMaterializer<R extends Record> extends RecordMaterializer<R> {
  private final Table<R> table;
  private final Object[] values;
  private final GroupConverter root;

  RowMaterializer(Table<R> table, String runId, MessageType schema) {
    this.table = table;
    this.values = new Object[table.columns().size()];
    this.values[0] = runId;
    this.root = new Row(schema);
  }

  @Override
  public R getCurrentRecord() {
    return table.row(values);
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private final class Row extends GroupConverter {
    private final Converter[] fields;

    Row(MessageType schema) {
      fields = new Converter[schema.getFieldCount()];

      for (int column = 1; column < values.length; column++) {
        Column definition = table.columns().get(column);

        if (schema.containsField(definition.name())) {
          fields[schema.getFieldIndex(definition.name())] = new Value(definition, column);
        }
      }
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      Arrays.fill(values, 1, values.length, null);
    }

    @Override
    public void end() {}
  }

  /** A column's value; texts come through the dictionary, so equal ones are one object. */
  private final class Value extends PrimitiveConverter {
    private final Column column;
    private final int index;
    private Object[] dictionary;

    Value(Column column, int index) {
      this.column = column;
      this.index = index;
    }

    @Override
    public boolean hasDictionarySupport() {
      return column.type() == ColumnType.STRING;
    }

    @Override
    public void setDictionary(Dictionary encoded) {
      dictionary = new Object[encoded.getMaxId() + 1];
      Arrays.setAll(dictionary, id -> text(encoded.decodeToBinary(id)));
    }

    @Override
    public void addValueFromDictionary(int id) {
      values[index] = dictionary[id];
    }

    @Override
    public void addBinary(Binary value) {
      values[index] = text(value);
    }

    @Override
    public void addInt(int value) {
      values[index] = value;
    }

    @Override
    public void addLong(long value) {
      values[index] =
          column.type() == ColumnType.TIMESTAMP
              ? Instant.EPOCH.plus(value, ChronoUnit.MICROS)
              : (Object) value;
    }

    @Override
    public void addDouble(double value) {
      values[index] = value;
    }

    @Override
    public void addBoolean(boolean value) {
      values[index] = value;
    }

    private Object text(Binary value) {
      String text = value.toStringUsingUTF8();
      return column.javaType().isEnum() ? constant(text) : text;
    }

    private Object constant(String name) {
      return Arrays.stream(column.javaType().getEnumConstants())
          .filter(constant -> constant.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      column.name()
                          + " must be one of "
                          + Arrays.toString(column.javaType().getEnumConstants())
                          + ", found \""
                          + name
                          + "\""));
    }
  }
}
