package org.lrsweep.curve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;

/** The curves beside these tests; originals.csv says where they come from. */
final class Resources {

  private Resources() {}

  static Curve curve(String file) {
    List<String[]> rows = rows(file);
    return new Curve(column(rows, 0), column(rows, 1), column(rows, 2));
  }

  /** Of a file without smoothed losses. */
  static Curve losses(String file) {
    List<String[]> rows = rows(file);
    return Curve.of(column(rows, 0), column(rows, 1));
  }

  /** The rows without comments and header. */
  static List<String[]> rows(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Resources.class.getResourceAsStream(file), UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(",", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] column(List<String[]> rows, int column) {
    return rows.stream()
        .mapToDouble(row -> row[column].isEmpty() ? Double.NaN : Double.parseDouble(row[column]))
        .toArray();
  }
}
