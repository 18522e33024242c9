package org.lrsweep.curve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Curves in Parquet, read without Spark. */
final class ParquetCurve {

  private ParquetCurve() {}

  static CurveTable read(byte[] bytes, String name, String part) throws IOException {
    // The reader goes back and forth, which neither a pipe nor an array of bytes can.
    Path file = Files.createTempFile("curve-", ".parquet");
    try {
      Files.write(file, bytes);
      return read(file, name, part);
    } finally {
      Files.delete(file);
    }
  }

  private static CurveTable read(Path file, String name, String part) throws IOException {
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    List<String> names = new ArrayList<>();
    List<CurveTable.Row> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        GroupType type = row.getType();
        if (rows.isEmpty()) {
          type.getFields().forEach(field -> names.add(field.getName()));
        }
        List<String> cells = new ArrayList<>();
        for (int field = 0; field < names.size(); field++) {
          cells.add(cell(row, field));
        }
        rows.add(new CurveTable.Row("row " + (rows.size() + 1) + part, cells));
      }
    } catch (RuntimeException e) {
      // Parquet throws unchecked exceptions for a file that is cut off or damaged.
      throw new IOException(e);
    }
    return new CurveTable(name, List.of("Parquet"), names, rows);
  }

  /** Only numbers are read: other values become the name of their type, which is no number. */
  private static String cell(Group row, int field) {
    Type type = row.getType().getType(field);
    if (row.getFieldRepetitionCount(field) == 0) {
      return "";
    } else if (!type.isPrimitive() || type.getLogicalTypeAnnotation() != null) {
      return type.toString();
    }
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case DOUBLE -> Double.toString(row.getDouble(field, 0));
      case FLOAT -> Double.toString(row.getFloat(field, 0));
      case INT32 -> Integer.toString(row.getInteger(field, 0));
      case INT64 -> Long.toString(row.getLong(field, 0));
      default -> type.toString();
    };
  }
}
