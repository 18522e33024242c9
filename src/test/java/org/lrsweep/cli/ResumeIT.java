package org.lrsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.testing.FaultFileSystem;
import org.lrsweep.testing.RunComparison;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.SparkProcesses;

/** Drivers that are killed, stopped or lose their disk, as processes, and the runs they leave. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ResumeIT {
  private static final int KILLED = 128 + 9;
  private static final int TERMINATED = 128 + 15;
  private static final String RUN = "small";
  private static final List<String> SMALL =
      List.of(
          "data.dataset=generated-garments",
          "data.train-examples=512",
          "data.test-examples=100",
          "finder.epochs=4",
          "finder.end-lr=1.0",
          "sweep.epochs=2",
          "sweep.step-sizes-epochs=[0.5, 1]",
          "sweep.base-lrs=[0.001]",
          "sweep.max-lrs=[0.01]",
          "sweep.parallel-trials=1",
          "sweep.steps-per-round=3",
          "checkpoint.finder-steps=5",
          "checkpoint.trials=round");

  @TempDir static Path undisturbed;
  private static final String CANARY = "canary-8d1f";

  private static SparkProcesses spark;
  private static RunningProcess first;

  @TempDir Path output;

  @BeforeAll
  static void anUndisturbedRun() throws Exception {
    spark = new SparkProcesses(undisturbed);
    first =
        driver(
            undisturbed,
            List.of("spark.hadoop.fs.s3a.secret.key=" + CANARY, "spark.logConf=true"),
            "--run-id",
            RUN);
    assertThat(first.exitCode()).isZero();
  }

  @AfterAll
  static void endEveryProcess() throws Exception {
    spark.close();
  }

  private static RunningProcess driver(Path output, List<String> properties, String... more)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("run", "--config", "conf/quickstart.conf"));
    SMALL.forEach(setting -> command.addAll(List.of("--set", setting)));
    command.addAll(List.of("--set", "output=" + output));
    command.addAll(List.of(more));
    return spark.submit("local[2,4]", properties, command);
  }

  private static List<String> fault(String kind, String at, int count) {
    return List.of(
        "spark.hadoop.fs.file.impl=" + FaultFileSystem.class.getName(),
        "spark.hadoop.fault.kind=" + kind,
        "spark.hadoop.fault.at=" + at,
        "spark.hadoop.fault.count=" + count);
  }

  private RunningProcess resumed(List<String> properties) throws Exception {
    return driver(output, properties, "--resume", RUN);
  }

  private void killed(RunningProcess driver) throws Exception {
    int exitCode = driver.exitCode();

    assertThat(exitCode).as(driver.printed()).isEqualTo(KILLED);
    assertReadable();
  }

  /** Whatever was cut off, every file that a reader of a table would find is whole. */
  private void assertReadable() {
    ResultStore store = ResultStore.open(output.toString(), new Configuration());
    Tables.all().forEach(table -> store.read(table, RUN));
    assertThat(store.runs()).extracting(RunRow::status).containsExactly(RunStatus.RUNNING);
  }

  private static void signal(String name, RunningProcess process) throws Exception {
    String pid = String.valueOf(process.process().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private String runs() {
    java.io.StringWriter out = new java.io.StringWriter();
    LrSweep.commandLine()
        .setOut(new java.io.PrintWriter(out))
        .execute("runs", "--output", output.toString());
    return out.toString();
  }

  private void assertComplete(RunningProcess driver) throws Exception {
    int exitCode = driver.exitCode();

    assertThat(exitCode).as(driver.printed()).isZero();
    RunComparison.assertSame(output, undisturbed, RUN);
    assertThat(output.resolve("checkpoints/" + RUN)).doesNotExist();
  }

  @Test
  void aDriverKilledAtAnyMomentLeavesARunThatGoesOnToTheSameBits() throws Exception {
    // While a checkpoint is written, and right after one.
    killed(driver(output, fault("kill-before", "/finder/.*ckpt", 2), "--run-id", RUN));
    killed(resumed(fault("kill-after", "/finder/.*ckpt", 1)));
    // While the range test is recorded.
    killed(resumed(fault("kill-before", "/finder_steps/run_id=", 1)));
    // In a trial's epoch; with all but the last of its tables written; with a model alone written.
    killed(resumed(fault("kill-before", "/trial-01/.*ckpt", 2)));
    killed(resumed(fault("kill-before", "/trials/run_id=", 1)));
    killed(resumed(fault("kill-after", "/models/small/trial-02", 1)));
    // While the run's end is recorded: its RUNNING was the first row.
    killed(resumed(fault("kill-before", "/runs/run_id=", 2)));

    RunningProcess last = resumed(List.of());

    assertComplete(last);
    assertThat(last.printed()).contains("2 of them were finished before.");
    RunningProcess again = resumed(List.of());
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.printed()).contains("--resume small: this run is complete");
  }

  @Test
  void aDriverKilledWhileAStepTrainsOrStoppedGoesOnAndSaysHow() throws Exception {
    RunningProcess first = driver(output, List.of(), "--run-id", RUN);
    first.await("Starting task 0\\.0 in stage 9\\.0");
    first.process().destroyForcibly();
    killed(first);

    RunningProcess second = driver(output, List.of(), "--resume", "last");
    second.await("Sweep: 2 trials");
    signal("STOP", second);
    assertThat(runs()).contains("RUNNING");
    RunningProcess rival = resumed(List.of());
    assertThat(rival.exitCode()).isEqualTo(2);
    assertThat(rival.printed())
        .contains("Another process is at work on this run (process " + second.process().pid());
    signal("TERM", second);
    signal("CONT", second);
    assertThat(second.exitCode()).isEqualTo(TERMINATED);
    assertThat(second.printed())
        .contains("Run small was interrupted. What is finished is kept.")
        .containsPattern(
            "LrSweep <the same jar> run --config conf/quickstart.conf .*--resume small\n");
    assertReadable();
    assertThat(runs()).contains("INTERRUPTED");

    RunningProcess changed = driver(output, List.of(), "--resume", RUN, "--set", "sweep.epochs=3");
    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.printed())
        .contains("the experiment has changed", "sweep.epochs: 2 then, 3 now");
    assertComplete(resumed(List.of()));
  }

  @Test
  void aSecretOfSparksSettingsReachesNoLogTableOrReport() throws Exception {
    assertThat(first.printed()).contains("fs.s3a.secret.key").doesNotContain(CANARY);
    ResultStore store = ResultStore.open(undisturbed.toString(), new Configuration());
    assertThat(Tables.all())
        .allSatisfy(table -> assertThat(store.read(table, RUN).toString()).doesNotContain(CANARY));
    assertThat(undisturbed.resolve("reports/small/report.html")).content().doesNotContain(CANARY);
  }

  @Test
  void anOutputWithoutRoomIsRefusedBeforeAnythingStarts() throws Exception {
    RunningProcess driver = driver(output, fault("tiny", "-", 1), "--run-id", RUN);

    assertThat(driver.exitCode()).isEqualTo(2);
    assertThat(driver.printed())
        .containsPattern("lrsweep: output .* has 0 MB left and this run needs \\d+ MB at least")
        .doesNotContain("Running Spark version");
  }

  @Test
  void aFullDiskIsSaidClearlyAndTheRunGoesOnAfterwards() throws Exception {
    RunningProcess full = driver(output, fault("full", "/trial-02/.*ckpt", 3), "--run-id", RUN);

    assertThat(full.exitCode()).isEqualTo(1);
    assertThat(full.printed())
        .containsPattern(
            "lrsweep: .*/checkpoints/small/trial-02/\\d+\\.ckpt can't be written \\(No space left"
                + " on device\\); check the space")
        .contains("--resume small");
    assertReadable();
    ResultStore store = ResultStore.open(output.toString(), new Configuration());
    assertThat(store.read(Tables.TRIALS, RUN)).hasSize(1);

    assertComplete(resumed(List.of()));
    try (Stream<Path> left = Files.list(output)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".staged"));
    }
  }

  @Test
  void aFileSystemThatIsGoneIsSaidClearlyAndTheRunGoesOnAfterwards() throws Exception {
    gone(
        driver(output, fault("gone", "/finder/.*ckpt", 3), "--run-id", RUN),
        "checkpoints/small/finder/\\d+\\.ckpt");
    gone(
        resumed(fault("gone", "/trials/run_id=", 2)),
        "trials/run_id=small/part-trial-02\\.parquet");
    ResultStore store = ResultStore.open(output.toString(), new Configuration());
    assertThat(store.read(Tables.TRIALS, RUN)).hasSize(1);

    assertComplete(resumed(List.of()));
  }

  private void gone(RunningProcess driver, String file) throws Exception {
    assertThat(driver.exitCode()).isEqualTo(1);
    assertThat(driver.printed())
        .containsPattern(
            "lrsweep: file:\\S+/"
                + file
                + " can't be written \\(Input/output error\\); check the space and the permissions"
                + " of the output")
        .contains("--resume small");
    assertReadable();
  }
}
