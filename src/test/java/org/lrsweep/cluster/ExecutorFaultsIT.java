package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.FaultPlugin;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.SparkProcesses;

/**
 * Faults of executors in the middle of the range test and of a trial, on a standalone cluster of
 * processes, against the same run undisturbed on one JVM.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@ExtendWith(LocalSpark.class)
class ExecutorFaultsIT {
  @TempDir static Path installation;
  private static SparkProcesses spark;
  private static String master;

  @TempDir Path folder;
  private Path struck;

  @BeforeAll
  static void startACluster() throws Exception {
    SmallRun.local();
    spark = new SparkProcesses(installation);
    master = spark.startMaster();
    // Two hosts: Spark starts no second copy of a task on the same one.
    spark.startWorker("worker-1", "127.0.0.1", master);
    spark.startWorker("worker-2", "127.0.0.2", master);
  }

  @AfterAll
  static void endEveryProcess() throws Exception {
    spark.close();
  }

  @BeforeEach
  void forgetWhatWasStruck() throws Exception {
    struck = Files.createDirectory(folder.resolve("struck"));
  }

  /** A whole run with faults. */
  private RunningProcess run(String... faultsAndSettings) throws Exception {
    return run(
        SmallRun.command(
            "conf/quickstart.conf",
            output().toString(),
            "data.dataset=generated-garments",
            // More rounds, and the same bits.
            "sweep.steps-per-round=3"),
        faultsAndSettings);
  }

  private RunningProcess run(List<String> command, String... faultsAndSettings) throws Exception {
    List<String> arguments = new ArrayList<>(command);
    arguments.add("--");
    List<String> settings = new ArrayList<>(SmallRun.ONE_CORE_EXECUTORS);
    settings.add("spark.plugins=" + FaultPlugin.class.getName());
    settings.add("spark.fault.folder=" + struck);
    settings.addAll(List.of(faultsAndSettings));
    settings.forEach(setting -> arguments.addAll(List.of("--conf", setting)));
    RunningProcess driver = spark.submit("standalone.sh", Map.of("MASTER", master), arguments);

    SmallRun.assertSucceeds(driver);
    return driver;
  }

  private Path output() {
    return folder.resolve("results");
  }

  private void assertStruck(String... faults) throws Exception {
    try (Stream<Path> marks = Files.list(struck)) {
      assertThat(marks.map(mark -> mark.getFileName().toString()))
          .containsExactlyInAnyOrder(faults);
    }
  }

  @Test
  void executorsKilledInFinderAndTrialChangeNoBit() throws Exception {
    RunningProcess driver =
        run("spark.fault.crash=finder@20", "spark.fault.kill=finder@100,trial-02@20");

    assertStruck("crash_finder_20", "kill_finder_100", "kill_trial-02_20");
    assertThat(driver.printed())
        .containsSubsequence("Lost executor", "Sweep: 3 trials", "Lost executor");
    SmallRun.assertSameRun(output());
  }

  /** Each executor has a worker's share of the data in a file, which goes with it. */
  @Test
  void executorsKilledWithTheirSharesOfOwnDataChangeNoBit(SparkSession session) throws Exception {
    OwnDataRun own = OwnDataRun.local(session);

    RunningProcess driver =
        run(
            own.command(own.table().toString(), output().toString(), "data.storage=disk"),
            "spark.fault.crash=finder@10",
            "spark.fault.kill=finder@40,trial-01@20");

    assertStruck("crash_finder_10", "kill_finder_40", "kill_trial-01_20");
    assertThat(driver.printed())
        .containsSubsequence("Lost executor", "Sweep: 1 trial", "Lost executor");
    own.assertSameRun(output());
  }

  @Test
  void tasksThatFailTwiceAndBlocksLostOnLivingExecutorsChangeNoBit() throws Exception {
    RunningProcess driver =
        run("spark.fault.fail=finder@20,trial-02@4", "spark.fault.drop=finder@40,trial-02@20");

    assertStruck(
        "fail0_finder_20",
        "fail1_finder_20",
        "fail0_trial-02_4",
        "fail1_trial-02_4",
        "drop_finder_40",
        "drop_trial-02_20");
    assertThat(driver.printed())
        .containsSubsequence(
            "attempt 0 fails by the test",
            "attempt 1 fails by the test",
            "A state was lost",
            "Sweep: 3 trials",
            "attempt 0 fails by the test",
            "attempt 1 fails by the test",
            "A state was lost")
        // The share of the examples that a worker had cached.
        .containsPattern("Removed rdd_\\d+_0 on");
    SmallRun.assertSameRun(output());
  }

  @Test
  void copiesOfSlowTasksChangeNoBit() throws Exception {
    RunningProcess driver =
        run(
            "spark.fault.slow=finder@40,trial-02@4",
            "spark.fault.stall=trial-02@20",
            "spark.speculation=true",
            "spark.speculation.interval=100ms",
            "spark.speculation.quantile=0.5",
            "spark.speculation.minTaskRuntime=500ms",
            // Of a stage with a single task, as a trial's.
            "spark.speculation.task.duration.threshold=1s");

    assertStruck("slow_finder_40", "slow_trial-02_4", "stall_trial-02_20");
    // Copies did start, and were the first to end.
    String finished = "Finished task 0.1 in stage";
    assertThat(driver.printed()).containsSubsequence(finished, "Sweep: 3 trials", finished);
    SmallRun.assertSameRun(output());
  }

  @Test
  void decommissionedExecutorsChangeNoBit() throws Exception {
    RunningProcess driver =
        run("spark.fault.decommission=finder@40,trial-02@20", "spark.decommission.enabled=true");

    assertStruck("decommission_finder_40", "decommission_trial-02_20");
    String gone = "Executor \\d on \\S+ is decommissioned after";
    assertThat(driver.printed()).containsPattern("(?s)" + gone + ".*Sweep: 3 trials.*" + gone);
    SmallRun.assertSameRun(output());
  }
}
