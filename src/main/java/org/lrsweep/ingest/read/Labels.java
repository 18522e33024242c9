package org.lrsweep.ingest.read;

import java.math.BigDecimal;
import java.util.List;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The labels that cells of a table hold, as texts. Of classes 3, 3L and 3.0 are one. */
final class Labels {
  private Labels() {}

  /**
   * The text of a label of a kind.
   *
   * @throws UnusableRowException if it is none
   */
  static String text(LabelKind kind, String column, Object value) {
    return switch (kind) {
      case CLASS -> text(column, value);
      case SEVERAL -> several(column, value);
      case NUMBERS -> numbers(column, value);
    };
  }

  private static String numbers(String column, Object value) {
    double[] numbers = NumberColumns.numbers(column, value);
    if (numbers.length == 0) {
      throw new UnusableRowException(
          BadRow.LENGTH, "has no number in column " + column + " but an empty array");
    }
    return Targets.ofNumbers(numbers);
  }

  private static String several(String column, Object value) {
    if (value == null) {
      throw new UnusableRowException(BadRow.NULL, "has null for labels in column " + column);
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      throw new UnusableRowException(
          BadRow.LABEL,
          "has '"
              + value
              + "' in column "
              + column
              + ", and labels of data.task = multi-label are arrays: of names, or of 0 and 1");
    }
    if (value instanceof Seq<?> array) {
      List<?> elements = JavaConverters.seqAsJavaList(array);
      if (elements.stream().allMatch(String.class::isInstance)) {
        return Targets.ofNames(elements.stream().map(name -> name(column, name)).toList());
      }
    }
    double[] flags = NumberColumns.numbers(column, value);
    for (double flag : flags) {
      if (flag != 0 && flag != 1) {
        throw new UnusableRowException(
            BadRow.LABEL, "has " + flag + " in column " + column + ", where each label is 0 or 1");
      }
    }
    return Targets.ofNumbers(flags);
  }

  private static String name(String column, Object element) {
    String name = (String) element;
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new UnusableRowException(
          BadRow.LABEL,
          "has a label in column " + column + " that is blank or has control characters");
    }
    return name;
  }

  /**
   * The text of a class.
   *
   * @throws UnusableRowException if it names no class
   */
  static String text(String column, Object value) {
    if (value == null) {
      throw new UnusableRowException(BadRow.NULL, "has null for a label in column " + column);
    }
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      return whole(column, ((Number) value).doubleValue());
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof String text && !text.isBlank() && text.charAt(0) > 2) {
      return text;
    }
    throw new UnusableRowException(
        BadRow.LABEL,
        "has '" + value + "' in column " + column + ", which is no whole number and no text");
  }

  /** The text of a whole number. */
  static String whole(String column, double number) {
    if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
      throw new UnusableRowException(
          BadRow.LABEL,
          "has " + number + " in column " + column + ", which is no whole number, so no class");
    }
    return Long.toString((long) number);
  }
}
