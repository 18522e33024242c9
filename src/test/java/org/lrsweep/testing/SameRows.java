package org.lrsweep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Table;
import org.lrsweep.results.Tables;

/**
 * Whether two outputs hold the same run, times and places aside. Rows are compared: the order of a
 * Parquet footer's encodings differs from JVM to JVM.
 */
public final class SameRows {
  private static final String[] TIMES_AND_PLACES = {"durationMs", "modelPath", "bestModelPath"};

  private SameRows() {}

  public static void assertSame(ResultStore actual, ResultStore expected, String runId) {
    for (Table<?> table :
        List.of(
            Tables.FINDER_STEPS,
            Tables.FINDER_SUGGESTIONS,
            Tables.EPOCHS,
            Tables.TRIALS,
            Tables.TRAIN_STEPS)) {
      assertThat(actual.read(table, runId).toArray())
          .as(table.name())
          .isNotEmpty()
          .usingRecursiveComparison()
          .ignoringFields(TIMES_AND_PLACES)
          .isEqualTo(expected.read(table, runId).toArray());
    }
    long answers = 0;
    for (Table<?> table : List.of(Tables.CLASS_METRICS, Tables.CONFUSION, Tables.METRICS)) {
      List<?> rows = actual.read(table, runId);
      assertThat(rows).as(table.name()).isEqualTo(expected.read(table, runId));
      answers += rows.size();
    }
    // Each task has some of them.
    assertThat(answers).isPositive();
    // Empty unless the test was repeated.
    assertThat(actual.read(Tables.FINDER_CURVE, runId))
        .isEqualTo(expected.read(Tables.FINDER_CURVE, runId));
  }
}
