package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.testing.RunComparison;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.SameRows;
import org.lrsweep.testing.SparkProcesses;

/** One small experiment, and its tables as local mode with two workers leaves them. */
final class SmallRun {
  static final String ID = "small";
  private static final List<String> SMALL =
      List.of(
          "data.train-examples=1024",
          "data.test-examples=300",
          "finder.epochs=8",
          "sweep.epochs=2",
          "sweep.parallel-trials=2");

  /** Spark's settings for two executors with a slot each. */
  static final List<String> ONE_CORE_EXECUTORS = executors(1);

  /** Spark's settings for two executors with two slots each. */
  static final List<String> TWO_CORE_EXECUTORS = executors(2);

  private static Path local;

  private SmallRun() {}

  private static List<String> executors(int cores) {
    return List.of(
        "spark.executor.cores=" + cores,
        "spark.cores.max=" + 2 * cores,
        "spark.executor.memory=1g",
        "spark.executor.extraJavaOptions=" + SparkProcesses.UNVERIFIED,
        "spark.driver.memory=1g",
        "spark.driver.host=127.0.0.1");
  }

  /** The command that makes the run. */
  static List<String> command(String config, String output, String... settings) {
    List<String> command = new ArrayList<>(List.of("run", "--config", config, "--run-id", ID));
    SMALL.forEach(setting -> command.addAll(List.of("--set", setting)));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    command.addAll(List.of("--set", "output=" + output));
    return command;
  }

  /** The command that runs the range test alone. */
  static List<String> find(String output, String... settings) {
    List<String> command = command("conf/quickstart.conf", output, settings);
    command.set(0, "find");
    return command;
  }

  /** Compares the range tests of two outputs. */
  static void assertSameFinder(String actual, String expected) {
    assertThat(ResultStore.open(actual, new Configuration()).read(Tables.FINDER_STEPS, ID))
        .isNotEmpty()
        .isEqualTo(ResultStore.open(expected, new Configuration()).read(Tables.FINDER_STEPS, ID));
  }

  /** What the only run of an output says of its tasks' native threads. */
  static int threadsPerWorker(String output) {
    List<RunRow> runs = ResultStore.open(output, new Configuration()).runs();
    assertThat(runs).hasSize(1);
    return runs.get(0).threadsPerWorker();
  }

  static void assertSucceeds(RunningProcess process) throws Exception {
    int exitCode = process.exitCode();

    assertThat(exitCode).as(process.printed()).isZero();
  }

  /** Compares the tables of an output with those of local mode. */
  static void assertSameTables(String output, Configuration conf) throws Exception {
    ResultStore expected = ResultStore.open(local().toString(), new Configuration());
    ResultStore actual = ResultStore.open(output, conf);
    assertThat(actual.runs())
        .singleElement()
        .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED))
        .satisfies(run -> assertThat(run.threadsPerWorker()).isEqualTo(1));
    SameRows.assertSame(actual, expected, ID);
  }

  /** Compares tables and models of an output in a folder with those of local mode. */
  static void assertSameRun(Path output) throws Exception {
    assertSameTables(output.toString(), new Configuration());
    RunComparison.assertSame(output, local(), ID);
  }

  /** The output of local mode, which runs once for all tests. */
  static synchronized Path local() throws Exception {
    if (local == null) {
      Path folder = Files.createTempDirectory(SparkProcesses.TARGET, "local-mode-");
      Path output = folder.resolve("results");
      try (SparkProcesses spark = new SparkProcesses(folder)) {
        List<String> arguments =
            command("conf/quickstart.conf", output.toString(), "data.dataset=generated-garments");
        arguments.addAll(List.of("--", "--master", "local[2,4]"));
        assertSucceeds(spark.submit("local.sh", Map.of(), arguments));
      }
      local = output;
    }
    return local;
  }
}
