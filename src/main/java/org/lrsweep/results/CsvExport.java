package org.lrsweep.results;

import com.univocity.parsers.common.TextWritingException;
import com.univocity.parsers.csv.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tables as CSV, for tools that don't read Parquet: {@code <table>.csv} with a line of
 * headings, {@code run_id} first, in the form of {@link Csv}; {@code NaN} and {@code Infinity} are
 * among the numbers, times are ISO 8601, UTC.
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
        CsvWriter csv = Csv.writer(out);
        write(store, table, runIds, csv);
        csv.flush();
      } catch (TextWritingException e) {
        throw new IOException(e);
      }
    }
  }

  private static <R extends Record> void write(
      ResultStore store, Table<R> table, List<String> runIds, CsvWriter out) {
    out.writeRow(table.columns().stream().map(Column::name).toList());
    for (String runId : runIds) {
      for (R row : store.read(table, runId)) {
        out.writeRow(table.columns().stream().map(column -> column.value(row)).toArray());
      }
    }
  }
}
