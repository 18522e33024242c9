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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.LocalSpark;

/** The SQL that the documents show, as they show it but for the folder and the run's id. */
@ExtendWith(LocalSpark.class)
class DocumentedQueriesTest {
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
  private static final SampleRun SAMPLE = new SampleRun("r1", 4, 5);

  @TempDir private static Path output;

  @BeforeAll
  static void writeTwoRuns() {
    ResultStore store = ResultStore.open(output.toString(), new Configuration());
    SAMPLE.write(store, 7);
    new SampleRun("r2", 2, 3).write(store, 1);
  }

  /** The queries of a document that hold a text. */
  private static List<String> queries(String document, String text) throws IOException {
    return SQL.matcher(Files.readString(Path.of(document)))
        .results()
        .map(match -> match.group(1).replace("results/", output + "/").replace("my-run", "r1"))
        .filter(query -> query.contains(text))
        .toList();
  }

  @Test
  void sparkRanksTheTrialsOfAllRuns(SparkSession spark) throws IOException {
    String query = onlyOne(queries("docs/results.md", "parquet.`"));

    List<Row> rows = spark.sql(query).collectAsList();

    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly(
            "run_id", "trial_id", "policy", "step_size_epochs", "metric", "val_metric");
    assertRanked(rows.stream().map(row -> row.<Double>getAs("val_metric")).toList());
  }

  @Test
  void duckDbRanksTheTrialsOfAllRuns() throws IOException, SQLException {
    String ofResults = onlyOne(queries("docs/results.md", "/trials/"));
    String ofReadme = onlyOne(queries("README.md", "/trials/"));

    assertRanked(doubles(ofResults, "val_metric"));
    assertRanked(doubles(ofReadme, "val_metric"));
  }

  @Test
  void duckDbTellsTheErrorBarOfTheSelectedAnswer() throws IOException, SQLException {
    String query = onlyOne(queries("docs/results.md", "/finder_repeats/"));
    FinderSuggestionRow selected = SAMPLE.suggestions().get(0);

    assertThat(doubles(query, "min(r.min_lr)")).containsExactly(selected.minLr());
    assertThat(doubles(query, "max(r.max_lr)")).containsExactly(selected.maxLr());
  }

  @Test
  void duckDbReadsTheCurveAsThePlotsShowIt() throws IOException, SQLException {
    String query = onlyOne(queries("docs/results.md", "/finder_curve/"));
    List<FinderStepRow> steps = SAMPLE.finderSteps(2814);

    assertThat(doubles(query, "smoothed_loss"))
        .containsExactlyElementsOf(
            steps.subList(10, steps.size() - 1).stream().map(FinderStepRow::smoothedLoss).toList());
  }

  private static String onlyOne(List<String> queries) {
    assertThat(queries).hasSize(1);
    return queries.get(0);
  }

  private static void assertRanked(List<Double> accuracies) {
    List<Double> measured = accuracies.stream().filter(Objects::nonNull).toList();

    assertThat(accuracies).hasSize(8).startsWith(measured.toArray(Double[]::new));
    assertThat(measured).hasSizeGreaterThan(5).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  private static List<Double> doubles(String query, String column) throws SQLException {
    List<Double> values = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getObject(column, Double.class));
      }
    }
    return values;
  }
}
