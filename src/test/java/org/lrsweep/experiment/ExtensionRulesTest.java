package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.experiment.command.CommandLines;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.terminal.Console;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TriedInput;

/** What a run can be extended by, and what is recorded of it. */
@ExtendWith(LocalSpark.class)
class ExtensionRulesTest {
  @TempDir private Path folder;
  private GrowingRun run;

  @BeforeEach
  void open(JavaSparkContext spark) {
    run = new GrowingRun(spark, folder);
  }

  /** A longer one-cycle has other rates from its first step on. */
  @Test
  void policiesOfOneLengthGetTrialsOfTheirOwn() {
    run.made("sweep.policies=[one_cycle, constant]");

    run.extended("sweep.policies=[one_cycle, constant]", "sweep.epochs=3");

    assertThat(run.store().read(Tables.TRIALS, GrowingRun.ID))
        .extracting(TrialRow::trialId, TrialRow::policy, TrialRow::epochs)
        .containsExactly(
            tuple("trial-01", "one_cycle", 2),
            tuple("trial-02", "constant", 3),
            tuple("trial-03", "one_cycle", 3));
  }

  @Test
  void theRangeIsTheRunsOwn() {
    run.experiment(RunChoice.named(GrowingRun.ID)).run();

    run.extended("sweep.base-lrs=[]", "sweep.max-lrs=[]", "sweep.seeds=[42, 43]");

    assertThat(run.store().read(Tables.TRIALS, GrowingRun.ID))
        .extracting(TrialRow::trialId, TrialRow::seed, TrialRow::maxLr)
        .containsExactly(
            tuple("trial-01", 42L, 0.01),
            tuple("trial-02", 42L, 0.01),
            tuple("trial-03", 43L, 0.01),
            tuple("trial-04", 43L, 0.01));
  }

  /** The run stays what it was made by, and says what extended it. */
  @Test
  void extensionsAreRecorded() {
    run.made();
    String before = run.store().read(Tables.RUNS, GrowingRun.ID).get(0).configJson();

    for (String epochs : List.of("3", "4")) {
      run.experiment(RunChoice.extend("last"), "sweep.epochs=" + epochs)
          .printingTo(
              () -> Console.plain(new PrintWriter(Writer.nullWriter())),
              CommandLines.after(
                  List.of("sweep", "--extend", "last", "--set", "sweep.epochs=" + epochs)))
          .sweep();
    }

    assertThat(run.store().read(Tables.RUNS, GrowingRun.ID))
        .singleElement()
        .satisfies(row -> assertThat(row.configJson()).isEqualTo(before))
        .satisfies(
            row ->
                assertThat(row.extensions().lines())
                    .satisfiesExactly(
                        line -> assertThat(line).endsWith("sweep.epochs=3"),
                        line -> assertThat(line).endsWith("sweep.epochs=4")));
  }

  @Test
  @TriedInput(
      input = "`sweep --extend ID` of another experiment, or with nothing new",
      gets = "--extend ID: the experiment has changed, ..., with each difference")
  void anotherExperimentIsRefused() {
    run.made();

    assertThatThrownBy(() -> run.extended("sweep.epochs=3", "sweep.gamma=0.5", "batch-size=64"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "--extend grown: the experiment has changed, so its results would be of two"
                + " experiments; take it back, or start another run. batch-size: 32 then, 64 now;"
                + " sweep.gamma: 0.99994 then, 0.5 now");
    assertThatThrownBy(() -> run.extended("sweep.epochs=1"))
        .hasMessage(
            "--extend grown: sweep.epochs must be >= the 2 of trial-01, which can be trained longer"
                + " but not shorter, found 1");
    assertThatThrownBy(() -> run.extended())
        .hasMessageStartingWith("--extend grown: this run has all these trials");
    assertThat(run.store().runs())
        .singleElement()
        .matches(row -> row.status() == RunStatus.COMPLETED);
    assertThat(run.output().resolve("checkpoints")).isEmptyDirectory();
  }

  /** What breaks off goes on by the same command alone, and loses no trial that there was. */
  @Test
  void anExtensionThatBreaksOffGoesOnWhenAskedForAgain() throws Exception {
    run.made();
    Experiment breaking =
        run.experiment(RunChoice.extend(GrowingRun.ID), "sweep.step-sizes-epochs=[0.25, 0.75]")
            .printingTo(new PrintWriter(new BreaksAt("Sweep: 2 trials"), true));
    assertThatThrownBy(breaking::sweep).isInstanceOf(OutOfMemoryError.class);

    assertThat(run.store().read(Tables.TRIALS, GrowingRun.ID)).hasSize(2);
    assertThatThrownBy(() -> run.experiment(RunChoice.resume(GrowingRun.ID)).sweep())
        .hasMessageEndingWith("was extended and is not done; go on with the same --extend");
    assertThatThrownBy(() -> run.extended("sweep.epochs=3"))
        .hasMessageStartingWith("--extend grown: this run was broken off while it was extended by");
    run.extended("sweep.step-sizes-epochs=[0.25, 0.75]");

    run.isAsAtOnce("sweep.step-sizes-epochs=[0.5, 1, 0.25, 0.75]");
  }

  @Test
  void aRunThatHasNotFinishedIsRefused() {
    Experiment breaking =
        run.experiment(RunChoice.named(GrowingRun.ID))
            .printingTo(new PrintWriter(new BreaksAt("Sweep: 2 trials"), true));
    assertThatThrownBy(breaking::run).isInstanceOf(OutOfMemoryError.class);

    assertThatThrownBy(() -> run.extended("sweep.epochs=3"))
        .hasMessage("--extend grown: this run has not finished; go on with it by --resume first");
  }
}
