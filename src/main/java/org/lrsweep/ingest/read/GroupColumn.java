package org.lrsweep.ingest.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.storage.Sha256;

/**
 * The column of {@code data.group}. A group is known by 64 bits of its value's SHA-256; two groups
 * that have these in common stay together, which leaks nothing.
 */
final class GroupColumn {
  private GroupColumn() {}

  /**
   * Refuses columns of more than one value a row.
   *
   * @throws InvalidDataException if it is one
   */
  static void check(String column, DataType type) {
    if (type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType
        || type instanceof BinaryType
        || type instanceof UserDefinedType<?>) {
      throw new InvalidDataException(
          "data.group must be a column of numbers, texts or dates, and "
              + column
              + " is "
              + type.simpleString());
    }
  }

  /**
   * The number of a row's group, never 0; whole numbers are the same groups in every type.
   *
   * @throws UnusableRowException if the cell is null
   */
  static long number(String column, Object value) {
    if (value == null) {
      throw new UnusableRowException(
          BadRow.NULL, "has null in column " + column + " of data.group, so it is of no group");
    }
    byte[] hash = Sha256.digest().digest(text(value).getBytes(StandardCharsets.UTF_8));
    long number = ByteBuffer.wrap(hash).getLong();
    return number == 0 ? 1 : number;
  }

  private static String text(Object value) {
    if (value instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && Math.abs(number.doubleValue()) < 1L << 53) {
      return Long.toString(number.longValue());
    }
    return value instanceof Timestamp time ? time.toInstant().toString() : value.toString();
  }
}
