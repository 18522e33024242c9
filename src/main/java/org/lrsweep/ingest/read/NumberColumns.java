package org.lrsweep.ingest.read;

import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Numbers of a row: of several columns, or of one that holds an array or a Spark ML vector. */
final class NumberColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a stored vector's type is, if it isn't dense. */
  private static final byte SPARSE = 0;

  private final SourceSpec spec;
  private final List<String> columns;

  /** Takes the row's first columns, which are these. */
  NumberColumns(SourceSpec spec, List<String> columns) {
    this.spec = spec;
    this.columns = List.copyOf(columns);
  }

  /**
   * A row's numbers.
   *
   * @throws UnusableRowException if one is missing or not finite, or there are more or fewer than
   *     there must be
   */
  DecodedExample decode(Row row, String label) {
    double[] numbers = new double[Math.max(16, columns.size())];
    int count = 0;
    for (int i = 0; i < columns.size(); i++) {
      double[] found = numbers(columns.get(i), row.get(i));
      if (count + found.length > numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, count + found.length));
      }
      System.arraycopy(found, 0, numbers, count, found.length);
      count += found.length;
    }
    if (spec.isOfSequences()) {
      return sequence(label, Arrays.copyOf(numbers, count));
    }
    if (count == 0 || (spec.length() >= 0 && count != spec.length())) {
      throw new UnusableRowException(
          BadRow.LENGTH, "has " + count + " numbers, and data.shape is " + spec.shape());
    }
    return DecodedExample.ofNumbers(label, spec.shapeOf(count), Arrays.copyOf(numbers, count));
  }

  /** Numbers that come step by step. */
  private DecodedExample sequence(String label, double[] numbers) {
    int channels = spec.shape().get(0);
    int steps = numbers.length / channels;
    if (numbers.length == 0 || numbers.length % channels != 0 || steps > spec.shape().get(1)) {
      throw new UnusableRowException(
          BadRow.LENGTH,
          "has "
              + numbers.length
              + " numbers, and data.shape is "
              + spec.shape()
              + ": sequences of 1 to "
              + spec.shape().get(1)
              + " steps of "
              + channels
              + (channels == 1 ? " number" : " numbers"));
    }
    return DecodedExample.ofNumbers(label, new int[] {channels, steps}, numbers);
  }

  /** The numbers of a cell. */
  static double[] numbers(String column, Object value) {
    if (value instanceof Seq<?> array) {
      return JavaConverters.seqAsJavaList(array).stream()
          .flatMapToDouble(element -> Arrays.stream(numbers(column, element)))
          .toArray();
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      return new double[] {number(column, value)};
    }
    if (value == null) {
      throw new UnusableRowException(BadRow.NULL, "has null in column " + column);
    }
    return vector(column, value);
  }

  /** Without that module Spark reads a vector as the row that it is stored as. */
  private static boolean isVector(Row cells) {
    return cells.schema() != null
        && List.of(cells.schema().fieldNames()).equals(List.of("type", "size", "indices", "values"))
        && cells.get(0) instanceof Byte;
  }

  private static double[] vector(String column, Row cells) {
    double[] values = numbers(column, cells.get(3));
    if (cells.getByte(0) != SPARSE) {
      return values;
    }
    double[] numbers = new double[cells.getInt(1)];
    List<Integer> indices = cells.getList(2);
    for (int i = 0; i < values.length; i++) {
      numbers[indices.get(i)] = values[i];
    }
    return numbers;
  }

  private static double number(String column, Object value) {
    double number;
    if (value instanceof Boolean flag) {
      number = flag ? 1 : 0;
    } else if (value instanceof Number found) {
      number = found.doubleValue();
    } else {
      try {
        number = Double.parseDouble((String) value);
      } catch (NumberFormatException e) {
        throw new UnusableRowException(
            BadRow.NOT_A_NUMBER, "has no number in column " + column + " but " + value, e);
      }
    }
    return finite(column, number);
  }

  private static double finite(String column, double number) {
    if (!Float.isFinite((float) number)) {
      throw new UnusableRowException(
          BadRow.NOT_FINITE,
          "has " + number + " in column " + column + ", which is no finite 32-bit number");
    }
    return number;
  }

  /** Spark ML's vectors, dense and sparse, of a module that other runs needn't have. */
  private static double[] vector(String column, Object value) {
    if (value instanceof Row cells && isVector(cells)) {
      return vector(column, cells);
    }
    try {
      double[] numbers = (double[]) value.getClass().getMethod("toArray").invoke(value);
      Arrays.stream(numbers).forEach(number -> finite(column, number));
      return numbers;
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | ClassCastException e) {
      throw new UnusableRowException(
          BadRow.NOT_A_NUMBER,
          "has no numbers in column "
              + column
              + " but a value of "
              + value.getClass().getSimpleName(),
          e);
    }
  }
}
