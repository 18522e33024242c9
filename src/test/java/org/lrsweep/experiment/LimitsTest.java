package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.RunComparison;

/** Runs whose sweeps end by their limits, and go on to the bits of one that had none. */
@ExtendWith(LocalSpark.class)
class LimitsTest {
  private static final String SMALL =
      """
      lrsweep {
        data { dataset = generated-garments, train-examples = 128, test-examples = 32, image-size = 8 }
        batch-size = 32
        model.network = small-cnn
        finder { start-lr = 1.0e-4, epochs = 1 }
        sweep { base-lrs = [0.001], max-lrs = [0.01], step-sizes-epochs = [0.5, 1], epochs = 4 }
        sweep.parallel-trials = 1
      }
      """;
  private static final String ID = "limited";

  @TempDir private Path folder;
  private JavaSparkContext spark;
  private final StringWriter said = new StringWriter();

  @BeforeEach
  void open(JavaSparkContext shared) {
    spark = shared;
  }

  private ExperimentResult run(String output, RunChoice choice, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("output=" + folder.resolve(output));
    return Experiment.of(ConfigLoader.load(SMALL, "test", all))
        .on(spark)
        .printingTo(new PrintWriter(said))
        .withRun(choice)
        .run();
  }

  private List<TrialRow> trials() {
    return ResultStore.open(folder.resolve("limited").toString(), new Configuration())
        .read(Tables.TRIALS, ID);
  }

  /** The budget is over before the first epoch is. */
  @Test
  void trialsThatTheBudgetStopsGoOnToTheSameBits() throws Exception {
    ExperimentResult stopped =
        run("limited", RunChoice.named(ID), "sweep.time-budget=1 ms", "sweep.parallel-trials=1");

    assertThat(trials()).allMatch(trial -> trial.status() == TrialStatus.STOPPED);
    assertThat(said.toString())
        .contains(
            "2 trials stopped before their ends. The same command goes on with them, with --resume"
                + " limited.");
    assertThat(stopped.bestTrial().isPresent()).isEqualTo(stopped.status() == RunStatus.COMPLETED);
    assertThat(folder.resolve("limited/checkpoints/limited")).isNotEmptyDirectory();

    ExperimentResult done = run("limited", RunChoice.resume(ID));

    assertThat(done.status()).isEqualTo(RunStatus.COMPLETED);
    run("whole", RunChoice.named(ID));
    RunComparison.assertSame(folder.resolve("limited"), folder.resolve("whole"), ID);
    assertThat(folder.resolve("limited/checkpoints")).isEmptyDirectory();
  }

  /** Under learning rates of nearly nothing the last trial stays where guessing is. */
  @Test
  void aPrunedTrialGoesOnWhenPruningIsOff() {
    String[] settings = {
      "sweep.step-sizes-epochs=[2]",
      "sweep.base-lrs=[1.0e-9]",
      "sweep.max-lrs=[0.05, 0.04, 0.03, 2.0e-9]",
      "sweep.epochs=8",
      "sweep.parallel-trials=4",
      "sweep.prune=true"
    };

    run("limited", RunChoice.named(ID), settings);

    assertThat(trials())
        .extracting(TrialRow::status)
        .containsExactly(
            TrialStatus.COMPLETED,
            TrialStatus.COMPLETED,
            TrialStatus.COMPLETED,
            TrialStatus.STOPPED);
    assertThat(trials().get(3).error()).startsWith("it was pruned after epoch 4, where its cycle");
    settings[5] = "sweep.prune=false";
    run("limited", RunChoice.resume(ID), settings);
    assertThat(trials()).allMatch(trial -> trial.status() == TrialStatus.COMPLETED);
  }
}
