package org.lrsweep.range;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.lrsweep.range.CurveFile.CurveColumns;

/** Curves in Parquet, read without Spark. */
final class ParquetCurve {

  private ParquetCurve() {}

  static void read(Path file, CurveColumns columns) throws IOException {
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        GroupType type = row.getType();
        if (!type.containsField("lr") || !type.containsField("loss")) {
          throw columns.problem(
              "must have the columns lr and loss, found "
                  + String.join(", ", type.getFields().stream().map(Type::getName).toList()));
        }
        columns.add(
            value(row, "lr", columns),
            value(row, "loss", columns),
            optional(row, "smoothed_loss", columns),
            optional(row, "accuracy", columns));
      }
    } catch (RuntimeException e) {
      if (e instanceof CurveFileException known) {
        throw known;
      }
      // Parquet throws unchecked exceptions for a file that is cut off or damaged.
      throw new IOException(e);
    }
  }

  private static OptionalDouble optional(Group row, String column, CurveColumns columns) {
    return row.getType().containsField(column)
        ? OptionalDouble.of(value(row, column, columns))
        : OptionalDouble.empty();
  }

  private static double value(Group row, String column, CurveColumns columns) {
    Type type = row.getType().getType(column);
    PrimitiveTypeName primitive =
        type.isPrimitive() ? type.asPrimitiveType().getPrimitiveTypeName() : null;
    if (row.getFieldRepetitionCount(column) == 0) {
      return Double.NaN;
    } else if (primitive == PrimitiveTypeName.DOUBLE) {
      return row.getDouble(column, 0);
    } else if (primitive == PrimitiveTypeName.FLOAT) {
      return row.getFloat(column, 0);
    }
    throw columns.problem("must have numbers (double or float) for " + column + ", found " + type);
  }
}
