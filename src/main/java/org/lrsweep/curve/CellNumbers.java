package org.lrsweep.curve;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The numbers of some columns of a table, which are written alike: with decimal points or with
 * decimal commas.
 */
final class CellNumbers {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern WITH_COMMA =
      Pattern.compile("[+-]?(\\d+,\\d*|,\\d+)([eE][+-]?\\d+)?");

  /** May be a decimal comma or one between thousands. */
  private static final Pattern UNCLEAR = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");

  private static final Set<String> MISSING =
      Set.of("", "nan", "-nan", "+nan", "na", "n/a", "#n/a", "none", "null");
  private static final Set<String> INFINITE = Set.of("inf", "+inf", "infinity", "+infinity");
  private static final Set<String> MINUS_INFINITE = Set.of("-inf", "-infinity");

  private final CurveTable table;
  private final boolean decimalCommas;

  /**
   * Sees how the numbers are written.
   *
   * @throws CurveFileException if that is not clear
   */
  CellNumbers(CurveTable table, Iterable<Integer> columns) {
    this.table = table;
    Cell clear = null;
    Cell unclear = null;
    Cell point = null;
    for (int column : columns) {
      for (CurveTable.Row row : table.rows()) {
        String text = row.cells().get(column);
        if (text.indexOf('.') >= 0 && NUMBER.matcher(text).matches()) {
          point = new Cell(text, row.place());
        } else if (UNCLEAR.matcher(text).matches()) {
          unclear = unclear == null ? new Cell(text, row.place()) : unclear;
        } else if (WITH_COMMA.matcher(text).matches()) {
          clear = new Cell(text, row.place());
        }
      }
    }
    if (unclear != null && clear == null) {
      throw table.problem(
          "must have numbers with a decimal point, and without separators of thousands, found "
              + unclear
              + ", which may be either");
    }
    if (clear != null && point != null) {
      throw table.problem(
          "must have either decimal points or decimal commas, found " + point + " and " + clear);
    }
    this.decimalCommas = clear != null;
  }

  /** What is said of the numbers, if anything. */
  Optional<String> form() {
    return decimalCommas ? Optional.of("decimal commas") : Optional.empty();
  }

  /**
   * The number in a cell; NaN if it is missing.
   *
   * @throws CurveFileException if it is none
   */
  double value(CurveTable.Row row, int column) {
    String text = row.cells().get(column);
    String small = text.toLowerCase(Locale.ROOT);
    if (MISSING.contains(small)) {
      return Double.NaN;
    } else if (INFINITE.contains(small)) {
      return Double.POSITIVE_INFINITY;
    } else if (MINUS_INFINITE.contains(small)) {
      return Double.NEGATIVE_INFINITY;
    }
    String number = decimalCommas ? text.replace(',', '.') : text;
    if (!NUMBER.matcher(number).matches()) {
      throw table.problem(
          "must have a number for "
              + ColumnChoice.named(table, column)
              + " in "
              + row.place()
              + ", found "
              + text);
    }
    return Double.parseDouble(number);
  }

  /** Whether a text may stand for a number, a missing one among them. */
  static boolean isValue(String text) {
    String small = text.toLowerCase(Locale.ROOT);
    return NUMBER.matcher(text).matches()
        || WITH_COMMA.matcher(text).matches()
        || MISSING.contains(small)
        || INFINITE.contains(small)
        || MINUS_INFINITE.contains(small);
  }

  private record Cell(String text, String place) {
    @Override
    public String toString() {
      return text + " in " + place;
    }
  }
}
