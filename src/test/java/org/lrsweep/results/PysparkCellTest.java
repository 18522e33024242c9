package org.lrsweep.results;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.LocalSpark;

/**
 * The lines for PySpark in notebooks/pandas.ipynb, by the calls of Spark's Java API behind them.
 */
@ExtendWith(LocalSpark.class)
class PysparkCellTest {
  /** What is run here line by line; change both together. */
  private static final String LINES =
      """
      trials = spark.read.parquet("results/trials")
      rank_by = F.when(trials.metric == "rmse", trials.val_metric).otherwise(-trials.val_metric)
      trials.orderBy(trials.metric.asc_nulls_last(), rank_by.asc_nulls_last()).show()

      epochs = spark.read.parquet("results/epochs").where("coalesce(metric, 'accuracy') = 'accuracy'").toPandas()
      """;

  @TempDir private Path folder;

  @Test
  void theNotebookHasTheseLines() throws IOException {
    JsonNode cells = new ObjectMapper().readTree(Path.of("notebooks/pandas.ipynb").toFile());
    StringBuilder text = new StringBuilder();
    cells.findValues("source").forEach(cell -> cell.forEach(line -> text.append(line.asText())));

    assertThat(text.toString()).contains(LINES);
  }

  private static TrialRow trial(String id, String metric, Double value) {
    return new TrialRow(
        "r1",
        id,
        "triangular",
        1,
        10,
        0.1,
        1,
        32,
        2,
        42,
        TrialStatus.COMPLETED,
        null,
        metric.equals("accuracy") && value != null ? (Integer) 1 : null,
        metric.equals("accuracy") ? value : null,
        null,
        null,
        null,
        null,
        null,
        metric,
        value,
        null,
        null);
  }

  /** More is better of an accuracy, less of an RMSE; what has no value comes last. */
  @Test
  void theyRankByTheMetricInItsDirection(SparkSession spark) {
    ResultStore store = ResultStore.open(folder.toString(), new Configuration());
    store.write(
        Tables.TRIALS,
        "r1",
        List.of(
            trial("t1", "rmse", 0.5),
            trial("t2", "accuracy", 0.7),
            trial("t3", "rmse", 0.25),
            trial("t4", "accuracy", null),
            trial("t5", "accuracy", 0.9)));

    Dataset<Row> trials = spark.read().parquet(folder.resolve("trials").toString());
    Column rankBy =
        when(col("metric").equalTo("rmse"), col("val_metric")).otherwise(negate(col("val_metric")));
    List<String> order = new ArrayList<>();
    trials
        .orderBy(col("metric").asc_nulls_last(), rankBy.asc_nulls_last())
        .collectAsList()
        .forEach(row -> order.add(row.getAs("trial_id")));

    assertThat(order).containsExactly("t5", "t2", "t4", "t3", "t1");
  }

  @Test
  void theyChooseTheEpochsOfOneMetric(SparkSession spark) {
    ResultStore store = ResultStore.open(folder.toString(), new Configuration());
    new SampleRun("r1", 2, 3).write(store, 2);

    Dataset<Row> epochs =
        spark
            .read()
            .parquet(folder.resolve("epochs").toString())
            .where("coalesce(metric, 'accuracy') = 'accuracy'");

    assertThat(epochs.columns()).contains("run_id", "trial_id", "epoch", "val_metric");
    assertThat(epochs.count()).isEqualTo(store.read(Tables.EPOCHS, "r1").size()).isPositive();
  }
}
