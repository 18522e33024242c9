package org.lrsweep.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.LocalSpark;

/** docs/results.md says what the code does: its tables are ours, and its queries run. */
@ExtendWith(LocalSpark.class)
class ResultsDocumentationTest {
  private static final Path FILE = Path.of("docs", "results.md");
  private static final String GENERATED = "-Ddocs.write=true -->\n";
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  @TempDir private static Path output;

  @BeforeAll
  static void writeARun() {
    ResultStore store = ResultStore.open(output.toString(), new Configuration());
    new SampleRun("my-run", 4, 5).write(store, 3);
  }

  @Test
  void describesEveryTableAsTheCodeDefinesIt() throws IOException {
    String text = Files.readString(FILE);
    int start = text.indexOf(GENERATED) + GENERATED.length();

    if (Boolean.getBoolean("docs.write")) {
      text = text.substring(0, start) + tables();
      Files.writeString(FILE, text);
    }

    assertThat(text.substring(start)).isEqualTo(tables());
  }

  private static String tables() {
    StringBuilder text = new StringBuilder();

    for (Table<?> table : Tables.all()) {
      text.append("\n### ").append(table.name()).append("\n\nA row is ");
      text.append(table.meaning()).append(".\n\n| column | type | meaning |\n|---|---|---|\n");

      for (Column column : table.columns()) {
        text.append("| ").append(column.name()).append(" | ");
        text.append(column.type().name().toLowerCase(Locale.ROOT));
        text.append(column.nullable() ? ", or null" : "").append(" | ");
        text.append(column.meaning()).append(" |\n");
      }
    }

    return text.toString();
  }

  @Test
  void itsDuckDbQueriesRun() throws IOException, SQLException {
    List<String> queries =
        queries().stream().filter(query -> query.contains("read_parquet")).toList();
    assertThat(queries).hasSize(3);

    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      try (ResultSet rows = statement.executeQuery(queries.get(0))) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("run_id")).isEqualTo("my-run");
        assertThat(rows.getString("metric")).isEqualTo("accuracy");
        assertThat(rows.getDouble("val_metric")).isBetween(0.5, 1.0);
      }

      try (ResultSet rows = statement.executeQuery(queries.get(1))) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("method")).isEqualTo("fall");
        assertThat(rows.getDouble(4)).isEqualTo(rows.getDouble("min_lr"));
        assertThat(rows.next()).isFalse();
      }

      try (ResultSet rows =
          statement.executeQuery("SELECT count(*) FROM (" + queries.get(2) + ")")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1))
            .isEqualTo(new SampleRun("my-run", 4, 5).finderSteps(2814).size() - 11);
      }
    }
  }

  @Test
  void itsSparkQueryRuns(SparkSession spark) throws IOException {
    List<String> queries = queries().stream().filter(query -> query.contains("parquet.`")).toList();
    assertThat(queries).hasSize(1);

    List<Row> rows = spark.sql(queries.get(0)).collectAsList();

    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).<String>getAs("run_id")).isEqualTo("my-run");
  }

  private static List<String> queries() throws IOException {
    return SQL.matcher(Files.readString(FILE))
        .results()
        .map((MatchResult found) -> found.group(1))
        .map(query -> query.replace("results/", output + "/"))
        .toList();
  }
}
