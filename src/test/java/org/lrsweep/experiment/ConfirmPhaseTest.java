package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.results.FinderConfirmRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.testing.LocalSpark;

/** A bound confirmed in an experiment of eight steps an epoch: 4 bounds, cycles of 12 steps. */
@ExtendWith(LocalSpark.class)
class ConfirmPhaseTest {
  private static final String SMALL =
      """
      lrsweep {
        data { dataset = generated-garments, train-examples = 256, test-examples = 64 }
        data { image-size = 8, augmentation.shift = 0 }
        model.network = small-cnn
        batch-size = 32
        finder { start-lr = 1.0e-4, end-lr = 100, epochs = 20, workers = 1 }
        finder { confirm = true, confirm-rungs = 4, confirm-epochs = 1.5 }
        sweep { step-sizes-epochs = [0.5], epochs = 1, parallel-trials = 2 }
      }
      """;

  @TempDir private Path output;

  private Experiment experiment(JavaSparkContext spark, String runId, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("output=" + output);
    return Experiment.of(ConfigLoader.load(SMALL, "test", all))
        .on(spark)
        .withRun(RunChoice.named(runId));
  }

  private ResultStore store() {
    return ResultStore.open(output.toString(), new Configuration());
  }

  private List<FinderConfirmRow> confirm(String runId) {
    return store().read(Tables.FINDER_CONFIRM, runId);
  }

  private List<FinderSuggestionRow> suggestions(String runId) {
    return store().read(Tables.FINDER_SUGGESTIONS, runId);
  }

  @Test
  void theBoundThatIsLeftIsTheTrials(JavaSparkContext spark) {
    StringWriter said = new StringWriter();

    experiment(spark, "whole", "sweep.range-methods=[descent, confirm]")
        .printingTo(new PrintWriter(said))
        .run();

    List<FinderConfirmRow> rows = confirm("whole");
    FinderConfirmRow left = rows.get(rows.size() - 1).kept() ? rows.get(5) : rows.get(4);
    assertThat(rows).extracting(FinderConfirmRow::cycle).containsExactly(1, 1, 1, 1, 2, 2);
    assertThat(rows).filteredOn(FinderConfirmRow::kept).hasSize(3).contains(left);
    assertThat(rows.subList(0, 4))
        .extracting(FinderConfirmRow::maxLr)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(suggestions("whole"))
        .filteredOn(FinderSuggestionRow::selected)
        .extracting(FinderSuggestionRow::method)
        .containsExactly("confirm", "descent");
    assertThat(suggestions("whole"))
        .filteredOn(row -> row.method().equals("confirm"))
        .singleElement()
        .satisfies(row -> assertThat(row.maxLr()).isEqualTo(left.maxLr()))
        .satisfies(row -> assertThat(row.reason()).startsWith("4 upper bounds on the floor,"));
    assertThat(store().read(Tables.TRIALS, "whole"))
        .extracting(TrialRow::rangeMethod)
        .containsExactlyInAnyOrder("descent", "confirm");
    RunRow run = store().read(Tables.RUNS, "whole").get(0);
    assertThat(run.confirmSteps())
        .isEqualTo(rows.stream().mapToLong(FinderConfirmRow::steps).sum())
        .isLessThanOrEqualTo(6 * 12);
    assertThat(run.confirmMs())
        .isEqualTo(rows.stream().mapToLong(FinderConfirmRow::durationMs).sum());
    assertThat(said.toString())
        .contains("Plan: 160 steps of the range test at most, 72 steps to confirm its bound, then")
        .containsPattern("Confirm: 4 upper bounds, LR .*, by cycles of 12 steps, 72 steps in all,")
        .contains("  cycle 2 up to ");
    assertThat(output.resolve("reports/whole/report.html")).content().contains("\"confirm\":[{");
  }

  @Test
  void withoutItTheAnswerIsAsItWas(JavaSparkContext spark) {
    experiment(spark, "with").find();
    experiment(spark, "without", "finder.confirm=false").find();

    assertThat(confirm("without")).isEmpty();
    assertThat(suggestions("without"))
        .extracting(FinderSuggestionRow::method, FinderSuggestionRow::maxLr)
        .containsExactlyElementsOf(
            suggestions("with").stream()
                .filter(row -> !row.method().equals("confirm"))
                .map(row -> tuple(row.method(), row.maxLr()))
                .toList());
    assertThat(store().read(Tables.RUNS, "without").get(0).confirmSteps()).isNull();
  }

  /** Broken off between two cycles, and after the last one. */
  @Test
  void aRunThatGoesOnComesToTheSame(JavaSparkContext spark) {
    experiment(spark, "whole").find();
    for (String moment : List.of("cycle 1 up to", "Chosen range")) {
      String run = "broken-at-" + moment.replace(' ', '-');
      Experiment breaking =
          experiment(spark, run).printingTo(new PrintWriter(new BreaksAt(moment), true));
      assertThatThrownBy(breaking::find).as(moment).isInstanceOf(OutOfMemoryError.class);
      experiment(spark, run).withRun(RunChoice.resume(run)).find();

      assertThat(confirm(run))
          .as(moment)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("runId", "durationMs")
          .isEqualTo(confirm("whole"));
      assertThat(suggestions(run))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("runId")
          .isEqualTo(suggestions("whole"));
      assertThat(store().read(Tables.RUNS, run).get(0).confirmSteps())
          .isEqualTo(store().read(Tables.RUNS, "whole").get(0).confirmSteps());
    }
  }
}
