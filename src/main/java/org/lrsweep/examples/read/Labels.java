package org.lrsweep.examples.read;

import java.math.BigDecimal;

/** The classes that cells of a table name, as texts: 3, 3L and 3.0 are one. */
final class Labels {
  private Labels() {}

  /**
   * The text of a label.
   *
   * @throws UnusableRowException if it names no class
   */
  static String text(String column, Object value) {
    if (value == null) {
      throw new UnusableRowException("has null for a label in column " + column);
    }
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      return whole(column, ((Number) value).doubleValue());
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new UnusableRowException(
        "has '" + value + "' in column " + column + ", which is no whole number and no text");
  }

  /** The text of a whole number. */
  static String whole(String column, double number) {
    if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
      throw new UnusableRowException(
          "has " + number + " in column " + column + ", which is no whole number, so no class");
    }
    return Long.toString((long) number);
  }
}
