package org.lrsweep.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CSV files as DuckDB reads them, beside the Parquet files as DuckDB reads those. */
class CsvExportTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void exportTwoRuns() throws Exception {
    ResultStore store = ResultStore.open(folder.resolve("results").toString(), new Configuration());
    new SampleRun("r1", 4, 5).write(store, 7);
    new SampleRun("r2", 2, 3).write(store, 2);
    new SampleRun("r1", 4, 5).writeWeights(store, 1);
    new SampleRun("r1", 4, 5).writeConfirm(store);
    CsvExport.write(store, List.of("r1", "r2"), folder.resolve("csv"));
  }

  @Test
  void everyTableHasTheSameRowsAsInParquet() throws SQLException {
    for (Table<?> table : Tables.all()) {
      String columns = table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
      String parquet = "select " + columns + " from " + parquet(table);
      String csv = "select " + columns + " from " + csv(table);

      assertThat(count("from (" + parquet + ")")).as(table.name()).isPositive();
      assertThat(count("from (" + csv + ")")).isEqualTo(count("from (" + parquet + ")"));
      assertThat(count("from (" + parquet + " except " + csv + ")")).as(table.name()).isZero();
    }
  }

  @Test
  void textsAreQuotedAndNullsAreEmpty() throws Exception {
    ResultStore store = ResultStore.open(folder.resolve("odd").toString(), new Configuration());
    FinderSuggestionRow odd =
        new FinderSuggestionRow("odd", "a,b", null, null, null, "says \"no\",\nfinally", false);
    store.write(Tables.FINDER_SUGGESTIONS, "odd", List.of(odd));

    CsvExport.write(store, List.of("odd"), folder.resolve("odd-csv"));

    assertThat(folder.resolve("odd-csv/finder_suggestions.csv"))
        .hasContent(
            """
            run_id,method,lr,min_lr,max_lr,reason,selected
            odd,"a,b",,,,"says ""no"",
            finally",false
            """);
    assertThat(Files.readString(folder.resolve("odd-csv/epochs.csv"))).hasLineCount(1);
  }

  private static String parquet(Table<?> table) {
    return "read_parquet('"
        + folder.resolve("results").resolve(table.name())
        + "/**/*.parquet', hive_partitioning = true)";
  }

  private static String csv(Table<?> table) {
    String types =
        table.columns().stream()
            .map(column -> "'" + column.name() + "': '" + duckDbType(column.type()) + "'")
            .collect(Collectors.joining(", ", "{", "}"));
    return "read_csv('"
        + folder.resolve("csv").resolve(table.name() + ".csv")
        + "', header = true, delim = ',', quote = '\"', escape = '\"', columns = "
        + types
        + ")";
  }

  private static String duckDbType(ColumnType type) {
    return switch (type) {
      case STRING -> "VARCHAR";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMPTZ";
    };
  }

  private static long count(String from) throws SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) " + from)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
