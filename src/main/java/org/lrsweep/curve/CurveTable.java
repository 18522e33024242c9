package org.lrsweep.curve;

import java.util.ArrayList;
import java.util.List;

/**
 * A curve's file as text: the names of its columns and the cells of its rows, one for each name.
 *
 * @param file what messages call it
 * @param form how it is written, as far as it is worth saying: {@code JSON}, {@code semicolons}
 * @param names of the columns
 * @param rows in the order of the file
 */
record CurveTable(String file, List<String> form, List<String> names, List<Row> rows) {

  /** The cell of a list that is shorter than others of its file. */
  static final String NO_CELL = "no value";

  /**
   * A row.
   *
   * @param place where it stands, as in {@code line 3}
   * @param cells their texts, empty where there is none
   */
  record Row(String place, List<String> cells) {

    /** Whether a list that is longer than those of some columns is all that has this row. */
    boolean isBeyond(int column, int other) {
      return cells.get(column).equals(NO_CELL) && cells.get(other).equals(NO_CELL);
    }
  }

  CurveFileException problem(String what) {
    return new CurveFileException(file + " " + what);
  }

  /** The rows of this table and then those of another part of the same file. */
  CurveTable and(CurveTable part, String partName) {
    if (!part.names.equals(names)) {
      throw problem(
          "must have the same columns in all its parts, "
              + String.join(", ", names)
              + ", found "
              + String.join(", ", part.names)
              + " in "
              + partName);
    }
    List<Row> all = new ArrayList<>(rows);
    all.addAll(part.rows);
    return new CurveTable(file, form, names, all);
  }
}
