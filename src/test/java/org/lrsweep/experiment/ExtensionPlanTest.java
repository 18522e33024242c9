package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.experiment.plan.Requirements;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.experiment.run.RunOutput;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.Tables;
import org.lrsweep.testing.LocalSpark;

/** What is said of an extension before it. The run's epochs have 128 / 32 = 4 steps. */
@ExtendWith(LocalSpark.class)
class ExtensionPlanTest {
  @TempDir private Path folder;
  private GrowingRun run;

  @BeforeEach
  void open(JavaSparkContext spark) {
    run = new GrowingRun(spark, folder);
  }

  private String plan(String... settings) {
    return run.experiment(RunChoice.extend(GrowingRun.ID), settings).plan("sweep");
  }

  /** Every file with its size and time. */
  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(run.output())) {
      return all.sorted()
          .map(
              file -> {
                try {
                  return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              })
          .toList();
    }
  }

  @Test
  void saysWhatIsNewAndWhatGoesOnAndWritesNothing() throws Exception {
    run.made();
    List<String> before = files();

    String plan = plan("sweep.step-sizes-epochs=[0.5, 1, 0.25]", "sweep.epochs=4");

    assertThat(plan.lines())
        .anyMatch(line -> line.matches("  run +grown, finished with 2 trials"))
        .anyMatch(line -> line.contains("128 training and 32 test examples"))
        .anyMatch(
            line ->
                line.matches(
                    "  sweep +3 trials of 4 epochs of 4 steps; 0 finished, 3 to be trained, 32"
                        + " steps in all; 1 worker, batches of 32"))
        .anyMatch(line -> line.matches("  goes on +trial-01 after epoch 2, 8 steps"))
        .anyMatch(line -> line.matches("  goes on +trial-02 after epoch 2, 8 steps"))
        .anyMatch(
            line ->
                line.matches(
                    "  new +trial-03, 16 steps: triangular, step size 0.25 epochs, learning rate"
                        + " 1e-3 to 0.01, seed 42"))
        .anyMatch(line -> line.matches("  slots +up to 3 tasks .*"))
        .anyMatch(line -> line.matches("  memory .*"))
        .anyMatch(line -> line.matches("  disk +at least \\d+ MB in .*"))
        .anyMatch(
            line ->
                line.matches(
                    "  time +about .* \\(.* to .*\\) with \\d+ trials? at a time, by 4 epochs of"
                        + " grown, with evaluation"));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void countsOnlyTheTrialsThatAreLeft() {
    String[] settings = {
      "sweep.step-sizes-epochs=[0.5, 1, 0.25]", "sweep.parallel-trials=2", "finder.repeats=2"
    };
    run.made("finder.repeats=2");

    Requirements demanded =
        run.demanded(RunChoice.extend(GrowingRun.ID), new RunOutput.Work("sweep"), settings);

    assertThat(demanded.trials()).isEqualTo(1);
    assertThat(demanded.workload().tasks()).isEqualTo(1);
    assertThat(plan(settings).lines())
        .anyMatch(line -> line.contains("2 finished, 1 to be trained, 8 steps in all"))
        .anyMatch(line -> line.matches("  slots +up to 1 tasks .*"))
        .anyMatch(line -> line.contains("with 1 trial at a time"))
        .noneMatch(line -> line.contains("goes on"));
  }

  @Test
  void saysWhyATrialIsTrainedAnew() {
    run.made("sweep.average=swa");

    assertThat(plan("sweep.average=swa", "sweep.epochs=4").lines())
        .anyMatch(
            line ->
                line.matches(
                    "  anew +trial-01, 16 steps: the weights that it averages or ensembles were"
                        + " not kept"));
  }

  @Test
  void aStoppedTrialGoesOnFromItsCheckpoint() {
    run.made();
    run.extended("sweep.epochs=4", "sweep.time-budget=1 ms");

    assertThat(plan("sweep.epochs=6").lines())
        .anyMatch(line -> line.matches("  goes on +trial-01 after epoch 2, 16 steps"))
        .anyMatch(line -> line.contains("32 steps in all"))
        .anyMatch(
            line ->
                line.contains(
                    " with 1 trial at a time (how many there were, grown does not say;"
                        + " sweep.parallel-trials says how many there are to be), by 4 epochs"));
  }

  @Test
  void whatTheExtensionWouldRefuseThePlanRefuses() {
    run.made();

    assertThatThrownBy(() -> plan("batch-size=64"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("--extend grown: the experiment has changed");
    assertThatThrownBy(() -> plan())
        .hasMessageStartingWith("--extend grown: this run has all these trials");
    assertThatThrownBy(
            () -> run.experiment(RunChoice.extend("other"), "sweep.epochs=4").plan("sweep"))
        .hasMessageStartingWith("Run other is not in ");
  }

  @Test
  void aCheckpointOfAnotherTrialIsRefused() throws Exception {
    String[] keep = {"checkpoint.keep=true", "checkpoint.trials=epoch"};
    run.made(keep);
    Path checkpoints = run.output().resolve("checkpoints/grown");
    try (Stream<Path> others = Files.list(checkpoints.resolve("trial-02"))) {
      for (Path file : others.toList()) {
        Files.copy(
            file,
            checkpoints.resolve("trial-01").resolve(file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }

    assertThatThrownBy(() -> plan(keep[0], keep[1], "sweep.epochs=4"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The checkpoint is of another trial: ");
  }

  @Test
  void rangesOfMethodsAndOfTheConfigurationAreAllShown() {
    run.made();
    run.store()
        .replace(
            Tables.FINDER_SUGGESTIONS,
            GrowingRun.ID,
            List.of(
                new FinderSuggestionRow(
                    GrowingRun.ID, "descent", null, 0.002, 0.02, "It falls", true)));
    String[] both = {"sweep.range-methods=[descent]"};

    List<String> lines =
        run.experiment(RunChoice.fresh(), both).plan(SourceRun.of(GrowingRun.ID)).lines().toList();

    assertThat(lines)
        .anyMatch(line -> line.matches("  range +grown: 2e-3 to 0.02 \\(descent\\)"))
        .anyMatch(line -> line.matches("  range +sweep.max-lrs: 1e-3 to 0.01"))
        .anyMatch(line -> line.matches("  sweep +4 trials of 2 epochs .*"))
        .anyMatch(line -> line.matches("  slots +up to 4 tasks .*"));
    RunOutput.Work work = new RunOutput.Work("sweep", Optional.of(SourceRun.of(GrowingRun.ID)));
    assertThat(run.demanded(RunChoice.fresh(), work, both).workload().tasks()).isEqualTo(4);
  }

  @Test
  void aSweepOverTheRangeOfARunIsPlannedByItsEpochs() throws Exception {
    run.made();
    List<String> before = files();

    String plan =
        run.experiment(RunChoice.fresh(), "sweep.base-lrs=[]", "sweep.max-lrs=[]", "sweep.epochs=5")
            .plan(SourceRun.of(GrowingRun.ID));

    assertThat(plan.lines())
        .anyMatch(line -> line.matches("  range +grown: 1e-3 to 0.01"))
        .anyMatch(
            line -> line.matches("  sweep +2 trials of 5 epochs of 4 steps, 40 steps in all; .*"))
        .anyMatch(
            line ->
                line.matches("  time +about .* at a time, by 4 epochs of grown, with evaluation"));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void whatASweepWouldRefuseItsPlanRefuses() {
    run.made();
    String[] open = {"sweep.base-lrs=[]", "sweep.max-lrs=[]"};

    assertThatThrownBy(() -> run.experiment(RunChoice.fresh(), open).plan("sweep"))
        .hasMessage(
            "sweep needs a range: give --from-run RUN_ID, or set sweep.base-lrs and sweep.max-lrs");
    assertThatThrownBy(() -> run.experiment(RunChoice.fresh(), open).plan(SourceRun.of("other")))
        .hasMessageStartingWith("Run other is not in ");
    assertThatThrownBy(() -> run.experiment(RunChoice.fresh()).plan(SourceRun.of(GrowingRun.ID)))
        .hasMessageStartingWith("--from-run grown: its range would not be used");
  }
}
