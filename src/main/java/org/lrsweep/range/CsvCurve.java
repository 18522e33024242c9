package org.lrsweep.range;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.lrsweep.range.CurveFile.CurveColumns;

/** Curves in CSV. */
final class CsvCurve {

  private final CurveColumns columns;
  private int lr = -1;
  private int loss = -1;
  private int smoothed = -1;
  private int accuracy = -1;

  private CsvCurve(CurveColumns columns) {
    this.columns = columns;
  }

  static void read(Path file, CurveColumns columns) throws IOException {
    CsvCurve csv = new CsvCurve(columns);
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      boolean named = false;
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        if (named) {
          csv.row(line, number);
        } else {
          csv.header(line);
          named = true;
        }
      }
    }
  }

  private void header(String line) {
    // Spreadsheets begin a file with a byte order mark.
    List<String> names = cells(line.startsWith("\uFEFF") ? line.substring(1) : line);
    lr = names.indexOf("lr");
    loss = names.indexOf("loss");
    smoothed = names.indexOf("smoothed_loss");
    accuracy = names.indexOf("accuracy");
    if (lr < 0 || loss < 0) {
      throw columns.problem("must have the columns lr and loss, found " + String.join(", ", names));
    }
  }

  private void row(String line, int number) {
    List<String> cells = cells(line);
    columns.add(
        value(cells, lr, "lr", number),
        value(cells, loss, "loss", number),
        optional(cells, smoothed, "smoothed_loss", number),
        optional(cells, accuracy, "accuracy", number));
  }

  private OptionalDouble optional(List<String> cells, int column, String name, int number) {
    return column < 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(value(cells, column, name, number));
  }

  private double value(List<String> cells, int column, String name, int number) {
    if (column >= cells.size()) {
      throw columns.problem(
          "must have a value for "
              + name
              + " in line "
              + number
              + ", found "
              + cells.size()
              + (cells.size() == 1 ? " cell" : " cells"));
    }
    String text = cells.get(column);
    try {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "", "nan", "-nan" -> Double.NaN;
        case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
        case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      throw columns.problem(
          "must have a number for " + name + " in line " + number + ", found " + text);
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(CsvCurve::unquoted).toList();
  }

  private static String unquoted(String cell) {
    String text = cell.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }
}
