package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.results.RunStatus;
import org.lrsweep.testing.LocalSpark;

/** Runs that are extended, next to runs that were asked for all at once. */
@ExtendWith(LocalSpark.class)
class ExtensionTest {
  @TempDir private Path folder;
  private GrowingRun run;

  @BeforeEach
  void open(JavaSparkContext spark) {
    run = new GrowingRun(spark, folder);
  }

  @Test
  void trialsAreAddedAndTrainedLongerFromTheirModelsAsIfAskedForAtOnce() throws Exception {
    run.made();

    run.extended("sweep.step-sizes-epochs=[0.25]");
    ExperimentResult result =
        run.extended("sweep.step-sizes-epochs=[0.5, 1, 0.25]", "sweep.epochs=4");

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.said())
        .contains("Run grown is extended in", "Sweep: 1 trials of 2 epochs")
        .doesNotContain("is trained from its start");
    run.isAsAtOnce("sweep.step-sizes-epochs=[0.5, 1, 0.25]", "sweep.epochs=4");
    assertThat(run.output().resolve("checkpoints")).isEmptyDirectory();
  }

  @Test
  void otherOptimizersGoOnFromTheirStateToo() throws Exception {
    String[] adam = {"optimizer.type=adamw", "optimizer.weight-decay=0.01", "sweep.epochs=3"};
    run.made(adam[0], adam[1]);

    run.extended(adam);

    assertThat(run.said()).doesNotContain("is trained from its start");
    run.isAsAtOnce(adam);
  }

  /** A process that dies between the rows of epochs and the row of trials leaves this. */
  @Test
  void trialsWhoseRowsAreOfDifferentLengthsAreTrainedFromTheirStart() throws Exception {
    run.made();
    Path trials = run.output().resolve("trials/run_id=grown");
    Path before = Files.createDirectory(folder.resolve("before"));
    copy(trials, before);
    run.extended("sweep.epochs=3");
    copy(before, trials);

    run.extended("sweep.epochs=4");

    assertThat(run.said())
        .contains(
            "trial-01 is trained from its start, which leads to the same results: its tables have"
                + " not all of it;");
    run.isAsAtOnce("sweep.epochs=4");
  }

  /** The files with their checksums. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
