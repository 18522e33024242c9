package org.lrsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.cli.SparkProcesses.SparkProcess;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Table;
import org.lrsweep.results.Tables;

/** The application jar on a standalone cluster of two workers, against the same run on one JVM. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class StandaloneClusterIT {
  private static final String RUN = "small";
  private static final List<String> SMALL =
      List.of(
          "data.dataset=generated-garments",
          "data.train-examples=1024",
          "data.test-examples=300",
          "finder.epochs=8",
          "sweep.epochs=2",
          "sweep.parallel-trials=2");

  @TempDir static Path local;

  @TempDir Path cluster;
  private SparkProcesses spark;
  private SparkProcess worker;
  private SparkProcess driver;

  @BeforeAll
  static void runOnOneJvm() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(local)) {
      assertSucceeds(spark.submit("local[2,4]", runInto(local)));
    }
  }

  @BeforeEach
  void submitToTheCluster() throws Exception {
    spark = new SparkProcesses(cluster);
    String master = spark.startMaster();
    worker = spark.startWorker("worker-1", master);
    spark.startWorker("worker-2", master);
    driver = spark.submit(master, runInto(cluster));
  }

  @AfterEach
  void endEveryProcess() throws Exception {
    spark.close();
  }

  @Test
  void aClusterGivesTheSameBitsAsOneJvm() throws Exception {
    assertSucceeds(driver);

    // Finder and trials did spread over both executors.
    assertThat(driver.printed()).contains("executor 0, partition", "executor 1, partition");
    assertSameTables();
  }

  @Test
  void anExecutorLostDuringTheFinderChangesNoBit() throws Exception {
    driver.await("in stage 20\\.0");
    List<ProcessHandle> executors = worker.process().children().toList();

    assertThat(executors)
        .singleElement()
        .satisfies(
            executor ->
                assertThat(executor.info().commandLine().orElseThrow())
                    .contains("CoarseGrainedExecutorBackend"))
        .satisfies(ProcessHandle::destroyForcibly);

    assertSucceeds(driver);
    assertThat(driver.printed()).containsSubsequence("Lost executor", "Sweep: 3 trials");
    assertSameTables();
  }

  private static List<String> runInto(Path folder) {
    List<String> command = new ArrayList<>(List.of("run", "--config", "conf/quickstart.conf"));
    SMALL.forEach(setting -> command.addAll(List.of("--set", setting)));
    command.addAll(List.of("--run-id", RUN, "--set", "output=" + folder.resolve("results")));
    return command;
  }

  private static void assertSucceeds(SparkProcess driver) throws Exception {
    int exitCode = driver.exitCode();

    assertThat(exitCode).as(driver.printed()).isZero();
  }

  /** Compares rows: the order of a Parquet footer's encodings differs from JVM to JVM. */
  private void assertSameTables() {
    ResultStore expected = store(local);
    ResultStore actual = store(cluster);
    for (Table<?> table :
        List.of(
            Tables.FINDER_STEPS,
            Tables.FINDER_SUGGESTIONS,
            Tables.TRAIN_STEPS,
            Tables.CLASS_METRICS,
            Tables.CONFUSION)) {
      assertThat(actual.read(table, RUN).toArray())
          .as(table.name())
          .isNotEmpty()
          .isEqualTo(expected.read(table, RUN).toArray());
    }
  }

  private static ResultStore store(Path folder) {
    return ResultStore.open(folder.resolve("results").toString(), new Configuration());
  }
}
