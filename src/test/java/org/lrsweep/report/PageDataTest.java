package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.SampleRun;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;

/** The pages' data, as another library than the one that wrote it parses it. */
class PageDataTest {
  @TempDir private Path folder;
  private ResultStore store;

  @BeforeEach
  void open() {
    store = ResultStore.open(folder.toString(), new Configuration());
  }

  @Test
  void aRunAndItsTrialsAreOneObject() {
    SampleRun sample = new SampleRun("r1", 4, 10);
    sample.write(store, 3);
    RunData data = RunData.load(store, "r1");

    Config page = parsed(PageData.of(data));

    assertThat(page.getString("runId")).isEqualTo("r1");
    assertThat(page.getLong("durationMs")).isEqualTo(5_283_000);
    assertThat(page.getString("seed")).isEqualTo("42");
    assertThat(page.getString("configuration")).isEqualTo(sample.run().configJson());
    assertThat(page.getConfigList("suggestions").get(0).root().unwrapped())
        .containsOnlyKeys("method", "lr", "minLr", "maxLr", "reason", "selected")
        .containsEntry("lr", null)
        .containsEntry("minLr", 1e-5)
        .containsEntry("selected", true);
    assertThat(page.getDoubleList("finder.lr"))
        .containsExactlyElementsOf(
            FinderCurve.of(data.finderSteps()).shown().stream()
                .map(step -> Double.valueOf(Float.toString((float) step.lr())))
                .toList());
    Config best = page.getConfigList("trials").get(0);
    TrialRow trial = data.trials().get(0);
    assertThat(best.getString("id")).isEqualTo(trial.trialId());
    assertThat(best.getInt("rank")).isEqualTo(1);
    assertThat(page.getConfigList("trials").get(2).getInt("rank")).isEqualTo(3);
    assertThat(best.getIntList("epochs.epoch")).containsExactly(1, 2, 3, 4);
    assertThat(best.getIntList("steps.lrStep")).hasSize(40).startsWith(0, 1, 2);
    assertThat(best.getConfigList("classes")).hasSize(10);
    assertThat(best.getList("confusion")).hasSize(10);
  }

  @Test
  void aComparisonHasTheTrialsWithoutTheirSteps() {
    new SampleRun("r1", 4, 10).write(store, 3);
    new SampleRun("r2", 2, 5).write(store, 1);

    Config page =
        parsed(ComparisonData.of(List.of(RunData.load(store, "r1"), RunData.load(store, "r2"))));

    assertThat(page.getConfigList("runs"))
        .extracting(run -> run.getString("runId") + " " + run.getConfigList("trials").size())
        .containsExactly("r1 3", "r2 1");
    assertThat(page.getConfigList("runs").get(0).getConfigList("trials").get(0).root().keySet())
        .contains("epochs", "bestValue")
        .doesNotContain("steps", "classes", "confusion");
  }

  @Test
  void whatIsNotFiniteOrWasNotMeasuredIsNull() {
    store.commitRun(new SampleRun("r1", 4, 10).run());
    List<FinderStepRow> steps = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      double loss = i == 11 ? Double.NaN : i == 12 ? Double.POSITIVE_INFINITY : 2.5;
      steps.add(
          new FinderStepRow("r1", i, Math.pow(2, i), Math.pow(2, i), loss, 2, 2, 64, 0, null));
    }
    store.write(Tables.FINDER_STEPS, "r1", steps);
    store.write(Tables.TRIALS, "r1", List.of(SampleRun.failed()));
    store.write(
        Tables.EPOCHS,
        "r1",
        List.of(new EpochRow("r1", "t1", 1, Double.POSITIVE_INFINITY, 0.1, null, null, 10)));
    store.write(
        Tables.TRAIN_STEPS,
        "r1",
        List.of(
            new TrainStepRow("r1", "t1", 0, 1, 0.5, Double.NaN),
            new TrainStepRow("r1", "t1", 1, 1, 1e-300, 1e300)));

    Config page = parsed(PageData.of(RunData.load(store, "r1")));

    assertThat(page.getConfig("finder").root().unwrapped())
        .containsEntry("accuracy", null)
        .containsEntry("loss", Arrays.asList(2.5, null, null, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5));
    Config trial = page.getConfigList("trials").get(0);
    assertThat(trial.root().unwrapped())
        .containsEntry("bestEpoch", null)
        .containsEntry("finalValLoss", null)
        .containsEntry("confusion", null);
    assertThat(trial.getConfig("epochs").root().unwrapped())
        .containsEntry("trainLoss", Arrays.asList((Object) null))
        .containsEntry("valMetric", Arrays.asList((Object) null));
    assertThat(trial.getConfig("steps").root().unwrapped())
        .containsEntry("loss", Arrays.asList(null, 1e300))
        .containsEntry("lr", List.of(0.5, 0));
  }

  private static Config parsed(String json) {
    return ConfigFactory.parseString(
        json, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
  }
}
