package org.lrsweep.results;

import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The Parquet schema of a table's files: its columns but the partition column. */
final class RowSchema {
  private RowSchema() {}

  static MessageType of(Table<?> table) {
    List<Type> fields = table.storedColumns().stream().<Type>map(RowSchema::of).toList();
    return new MessageType(table.name(), fields);
  }

  static PrimitiveType of(Column column) {
    Repetition repetition = column.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    PrimitiveTypeName stored =
        switch (column.type()) {
          case STRING -> PrimitiveTypeName.BINARY;
          case INT -> PrimitiveTypeName.INT32;
          case LONG, TIMESTAMP -> PrimitiveTypeName.INT64;
          case DOUBLE -> PrimitiveTypeName.DOUBLE;
          case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
        };
    LogicalTypeAnnotation annotation =
        switch (column.type()) {
          case STRING -> LogicalTypeAnnotation.stringType();
          case TIMESTAMP -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
          case INT, LONG, DOUBLE, BOOLEAN -> null;
        };
    return Types.primitive(stored, repetition).as(annotation).named(column.name());
  }
}
