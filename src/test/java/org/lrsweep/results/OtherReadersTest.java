package org.lrsweep.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.testing.LocalSpark;

/** The tables as readers other than ours see them. */
@ExtendWith(LocalSpark.class)
class OtherReadersTest {
  private static final SampleRun SAMPLE = new SampleRun("r1", 4, 5);

  @TempDir private static Path output;
  private static ResultStore store;

  @BeforeAll
  static void writeTwoRuns() {
    store = ResultStore.open(output.toString(), new Configuration());
    SAMPLE.write(store, 7);
    new SampleRun("r2", 2, 3).write(store, 1);
    SAMPLE.writeWeights(store, 1);
    SAMPLE.writeConfirm(store);
  }

  @Test
  void duckDbFindsEveryTablesColumnsAndTypes() throws SQLException {
    for (Table<?> table : Tables.all()) {
      Map<String, String> expected = new LinkedHashMap<>();
      table.columns().forEach(column -> expected.put(column.name(), duckDbType(column.type())));

      assertThat(duckDbColumns("select * from " + parquet(table)))
          .as(table.name())
          .containsExactlyInAnyOrderEntriesOf(expected);
    }
  }

  @Test
  void duckDbFindsTheValues() throws SQLException {
    FinderStepRow step = SAMPLE.finderSteps(2814).get(1000);
    List<Object> found =
        duckDbRow(
            "select lr, loss, smoothed_loss, examples from "
                + parquet(Tables.FINDER_STEPS)
                + " where run_id = 'r1' and step = 1000");
    assertThat(found).containsExactly(step.lr(), step.loss(), step.smoothedLoss(), 64L);

    found =
        duckDbRow(
            "select started_at, finished_at, status, train_examples from "
                + parquet(Tables.RUNS)
                + " where run_id = 'r1'");
    assertThat(((OffsetDateTime) found.get(0)).toInstant()).isEqualTo(SAMPLE.run().startedAt());
    assertThat(((OffsetDateTime) found.get(1)).toInstant()).isEqualTo(SAMPLE.run().finishedAt());
    assertThat(found.subList(2, 4)).containsExactly("COMPLETED", 60_000L);

    found =
        duckDbRow(
            "select count(*), count(val_loss), count(*) filter (isnan(train_loss)) from "
                + parquet(Tables.EPOCHS)
                + " where trial_id = 'trial-06'");
    assertThat(found).containsExactly(1L, 0L, 1L);
  }

  @Test
  void duckDbFindsAllRunsInOneRead() throws SQLException {
    assertThat(
            duckDbRow(
                    "select list(run_id order by run_id), sum(trials) from (select run_id, count(*)"
                        + " as trials from "
                        + parquet(Tables.TRIALS)
                        + " group by run_id)")
                .toString())
        .isEqualTo("[[r1, r2], 8]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"exp_2026.11", "E5", "d1", "May-2026", "t", "no", "Jan1", "B.C", "UTC", "x1f"})
  void duckDbTakesTheIdOfARunForAText(String id, @TempDir Path folder) throws SQLException {
    ResultStore.open(folder.toString(), new Configuration())
        .write(
            Tables.TRAIN_STEPS,
            RunId.requireNew(id),
            List.of(new TrainStepRow(id, "t1", 0, 1, 0.1, 1)));

    String table = "read_parquet('" + folder + "/*/*/*.parquet', hive_partitioning = true)";
    assertThat(duckDbRow("select typeof(run_id), run_id from " + table))
        .containsExactly("VARCHAR", id);
  }

  @Test
  void sparkFindsTheSameColumnsTypesAndRows(SparkSession spark) {
    for (Table<?> table : Tables.all()) {
      Map<String, String> expected = new LinkedHashMap<>();
      table.columns().forEach(column -> expected.put(column.name(), sparkType(column.type())));
      Dataset<Row> rows = spark.read().parquet(output.resolve(table.name()).toString());
      Map<String, String> found = new LinkedHashMap<>();
      rows.schema().foreach(field -> found.put(field.name(), field.dataType().simpleString()));

      assertThat(found).as(table.name()).containsExactlyInAnyOrderEntriesOf(expected);
      assertThat(rows.where("run_id = 'r1'").count())
          .as(table.name())
          .isEqualTo(store.read(table, "r1").size());
    }

    Row run =
        spark.read().parquet(output.resolve("runs").toString()).where("run_id = 'r1'").first();
    assertThat(run.<Timestamp>getAs("started_at").toInstant()).isEqualTo(SAMPLE.run().startedAt());
    assertThat(run.<String>getAs("config_json")).isEqualTo(SAMPLE.run().configJson());
  }

  @Test
  void rowsThatSparkRewroteCanBeReadToo(SparkSession spark) {
    spark
        .read()
        .parquet(output.resolve("epochs").toString())
        .repartition(3)
        .write()
        .partitionBy("run_id")
        .parquet(output.resolve("rewritten/epochs").toString());

    ResultStore rewritten =
        ResultStore.open(output.resolve("rewritten").toString(), new Configuration());
    assertThat(rewritten.read(Tables.EPOCHS, "r1"))
        .containsExactlyElementsOf(store.read(Tables.EPOCHS, "r1"));
  }

  private static String duckDbType(ColumnType type) {
    return switch (type) {
      case STRING -> "VARCHAR";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
    };
  }

  private static String sparkType(ColumnType type) {
    return switch (type) {
      case STRING -> "string";
      case INT -> "int";
      case LONG -> "bigint";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "timestamp";
    };
  }

  private static String parquet(Table<?> table) {
    return "read_parquet('" + output + "/" + table + "/**/*.parquet', hive_partitioning = true)";
  }

  private static Map<String, String> duckDbColumns(String query) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();

    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      ResultSetMetaData meta = rows.getMetaData();

      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.put(meta.getColumnName(i), meta.getColumnTypeName(i));
      }
    }

    return columns;
  }

  private static List<Object> duckDbRow(String query) throws SQLException {
    List<Object> values = new ArrayList<>();

    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();

      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        values.add(rows.getObject(i));
      }
    }

    return values;
  }
}
