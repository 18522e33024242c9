package org.lrsweep.results;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables as CSV, for tools that don't read Parquet: {@code <table>.csv} with a line of
 * headings, {@code run_id} first, as RFC 4180 has it but for lines that end with a line feed alone.
 * A null is an empty field; numbers are as in Java, {@code NaN} and {@code Infinity} among them;
 * times are ISO 8601, UTC.
 */
public final class CsvExport {
  private CsvExport() {}

  /**
   * Writes every table, with the rows of these runs one after the other; replaces files of these
   * names.
   *
   * @param directory a local folder, which is created if it isn't there
   * @throws IOException if a file can't be written
   * @throws ResultsException if a table can't be read
   */
  public static void write(ResultStore store, List<String> runIds, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    for (Table<?> table : Tables.all()) {
      try (Writer out = Files.newBufferedWriter(directory.resolve(table.name() + ".csv"))) {
        write(store, table, runIds, out);
      }
    }
  }

  private static <R extends Record> void write(
      ResultStore store, Table<R> table, List<String> runIds, Writer out) throws IOException {
    out.write(
        table.columns().stream().map(Column::name).collect(Collectors.joining(",", "", "\n")));
    for (String runId : runIds) {
      for (R row : store.read(table, runId)) {
        out.write(
            table.columns().stream()
                .map(column -> field(column.value(row)))
                .collect(Collectors.joining(",", "", "\n")));
      }
    }
  }

  private static String field(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    boolean needsQuotes =
        value instanceof String && text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return needsQuotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
