package org.lrsweep.results;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {
  /** Written down by hand: notebooks depend on these names. */
  private static final Map<String, List<String>> COLUMNS =
      Map.ofEntries(
          entry(
              "runs",
              split(
                  "run_id status started_at finished_at app_version spark_version master"
                      + " config_json dataset dataset_sha256 train_examples test_examples seed"
                      + " workers threads_per_worker command tags note network_sha256"
                      + " estimated_sweep_ms sweep_ms transport transport_reason confirm_steps"
                      + " confirm_ms metric skipped_rows skipped_reasons extensions precision")),
          entry(
              "finder_steps",
              split(
                  "run_id step lr lr_multiplier loss smoothed_loss best_loss examples repeat"
                      + " accuracy")),
          entry(
              "finder_curve",
              split(
                  "run_id step lr loss smoothed_loss smoothed_loss_low smoothed_loss_high accuracy"
                      + " repeats")),
          entry("finder_suggestions", split("run_id method lr min_lr max_lr reason selected")),
          entry("finder_repeats", split("run_id repeat method lr min_lr max_lr reason")),
          entry(
              "finder_confirm",
              split("run_id rung base_lr max_lr cycle steps val_loss kept reason duration_ms")),
          entry("train_steps", split("run_id trial_id step epoch lr loss momentum")),
          entry(
              "epochs",
              split(
                  "run_id trial_id epoch train_loss train_accuracy val_loss val_accuracy"
                      + " duration_ms metric val_metric")),
          entry(
              "trials",
              split(
                  "run_id trial_id policy step_size_epochs step_size_steps base_lr max_lr"
                      + " batch_size epochs seed status error best_epoch best_val_accuracy"
                      + " final_val_accuracy final_val_loss model_path range_method best_model_path"
                      + " metric val_metric test_metric test_loss")),
          entry(
              "class_metrics",
              split("run_id trial_id class_id class_name precision recall f1 support")),
          entry("confusion", split("run_id trial_id actual_class predicted_class count")),
          entry(
              "weights",
              split(
                  "run_id trial_id weights members val_loss val_accuracy chosen model_path metric"
                      + " val_metric")),
          entry("metrics", split("run_id trial_id part epoch metric value")));

  private static List<String> split(String names) {
    return List.of(names.split(" "));
  }

  @Test
  void everyTableHasExactlyItsDocumentedColumns() {
    assertThat(Tables.all())
        .extracting(Table::name)
        .containsExactlyInAnyOrderElementsOf(COLUMNS.keySet());

    for (Table<?> table : Tables.all()) {
      assertThat(table.columns())
          .as(table.name())
          .extracting(Column::name)
          .containsExactlyElementsOf(COLUMNS.get(table.name()));
    }
  }

  @Test
  void typesFollowFromTheComponents() {
    assertThat(Tables.TRIALS.columns())
        .filteredOn(column -> List.of("seed", "status", "best_epoch").contains(column.name()))
        .extracting(Column::type, Column::nullable)
        .containsExactly(
            tuple(ColumnType.LONG, false),
            tuple(ColumnType.STRING, false),
            tuple(ColumnType.INT, true));
  }

  @Test
  void refusesRowTypesThatCannotBeTables() {
    record NoMeaning(@Meaning("the run") String runId, int value) {}
    record NullablePrimitive(
        @Meaning("the run") String runId, @Meaning("a value") @Nullable int value) {}
    record NoRunId(@Meaning("a value") int value) {}
    record Unknown(@Meaning("the run") String runId, @Meaning("a value") List<String> value) {}

    assertThatThrownBy(() -> table(NoMeaning.class)).hasMessageContaining("must have a @Meaning");
    assertThatThrownBy(() -> table(NullablePrimitive.class))
        .hasMessageContaining("is @Nullable, but of a primitive type");
    assertThatThrownBy(() -> table(NoRunId.class))
        .hasMessageContaining("the first column of test must be run_id");
    assertThatThrownBy(() -> table(Unknown.class))
        .hasMessageContaining("no column type holds a java.util.List");
  }

  private static <R extends Record> Table<R> table(Class<R> type) {
    return Table.of("test", "a test", type, Comparator.comparing(Object::toString));
  }
}
