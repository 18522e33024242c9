package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.SparkProcesses;

/** The application jar on a standalone cluster of two workers, against the same run on one JVM. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class StandaloneClusterIT {
  private static final String CONF = "conf/quickstart.conf";
  private static final String GENERATED = "data.dataset=generated-garments";

  @TempDir static Path installation;
  private static SparkProcesses spark;
  private static String master;

  @TempDir Path folder;

  @BeforeAll
  static void startACluster() throws Exception {
    spark = new SparkProcesses(installation);
    master = spark.startMaster();
    spark.startWorker("worker-1", "127.0.0.1", master);
    spark.startWorker("worker-2", "127.0.0.1", master);
  }

  @AfterAll
  static void endEveryProcess() throws Exception {
    spark.close();
  }

  private static RunningProcess submit(String deployMode, List<String> command) throws Exception {
    return submit(deployMode, command, SmallRun.ONE_CORE_EXECUTORS);
  }

  private static RunningProcess submit(
      String deployMode, List<String> command, List<String> properties) throws Exception {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--", "--deploy-mode", deployMode));
    properties.forEach(setting -> arguments.addAll(List.of("--conf", setting)));
    return spark.submit("standalone.sh", Map.of("MASTER", master), arguments);
  }

  private String output() {
    return folder.resolve("results").toString();
  }

  @Test
  void aClusterGivesTheSameBitsAsOneJvm() throws Exception {
    Path events = Files.createDirectory(folder.resolve("events"));
    List<String> properties = new ArrayList<>(SmallRun.ONE_CORE_EXECUTORS);
    properties.addAll(List.of("spark.eventLog.enabled=true", "spark.eventLog.dir=" + events));

    RunningProcess driver =
        submit("client", SmallRun.command(CONF, output(), GENERATED), properties);

    SmallRun.assertSucceeds(driver);
    assertTellsTheStory(events);
    // Finder and trials did spread over both executors.
    assertThat(driver.printed()).contains("executor 0, partition", "executor 1, partition");
    SmallRun.assertSameRun(Path.of(output()));
  }

  /** What the history server shows: a title for each job, and a pool for each trial. */
  private static void assertTellsTheStory(Path events) throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(events)) {
      logs = files.toList();
    }
    assertThat(logs).hasSize(1);
    Map<String, Set<String>> titlesByPool = new TreeMap<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(logs.get(0))) {
      JsonNode event = json.readTree(line);
      if (event.path("Event").asText().equals("SparkListenerJobStart")) {
        JsonNode properties = event.path("Properties");
        String pool = properties.path("spark.scheduler.pool").asText("none");
        String title = properties.path("spark.job.description").asText("none");
        titlesByPool.computeIfAbsent(pool, unused -> new TreeSet<>()).add(title);
      }
    }
    assertThat(titlesByPool).containsKeys("trial-01", "trial-02");
    titlesByPool.forEach(
        (pool, titles) ->
            assertThat(titles)
                .as("jobs of pool " + pool)
                .allSatisfy(
                    title -> assertThat(title).contains(pool.startsWith("trial") ? pool : ": ")));
  }

  /**
   * A state of 13 MB and more workers than JVMs: in the fast way each JVM takes a slice of the
   * mean.
   */
  @Test
  void aLargeStateOfThreeWorkersOnTwoExecutorsGivesTheSameBitsAsOneJvm() throws Exception {
    String[] settings = {
      GENERATED,
      "model.network=minigooglenet",
      "data.train-examples=120",
      "batch-size=6",
      "finder.epochs=2",
      // Which makes something of any curve.
      "finder.method=minimum",
      "finder.workers=3"
    };
    String expected = folder.resolve("local").toString();
    List<String> local = SmallRun.find(expected, settings);
    local.addAll(List.of("--", "--master", "local[3,4]"));
    SmallRun.assertSucceeds(spark.submit("local.sh", Map.of(), local));

    for (String way : List.of("fast", "plain")) {
      List<String> properties = new ArrayList<>(SmallRun.TWO_CORE_EXECUTORS);
      properties.add("spark.lrsweep.transport=" + way);
      String output = folder.resolve(way).toString();

      RunningProcess driver = submit("client", SmallRun.find(output, settings), properties);

      SmallRun.assertSucceeds(driver);
      // Of 40 rounds: in the fast way slices were averaged between the rounds of a job too.
      int jobs = driver.printed().split("Got job ", -1).length - 1;
      assertThat(jobs).as(way).isBetween(way.equals("fast") ? 4 : 40, way.equals("fast") ? 38 : 60);
      SmallRun.assertSameFinder(output, expected);
    }
  }

  @Test
  void aTaskOfTwoCoresTrainsOnTwoThreadsHereAndOnAnExecutor() throws Exception {
    String[] settings = {
      GENERATED, "data.train-examples=512", "finder.epochs=4", "finder.method=minimum"
    };
    String cores = "spark.task.cpus=2";
    List<String> local = SmallRun.find(folder.resolve("local").toString(), settings);
    local.addAll(List.of("--", "--master", "local[4,4]", "--conf", cores));
    SmallRun.assertSucceeds(spark.submit("local.sh", Map.of(), local));
    List<String> properties = new ArrayList<>(SmallRun.TWO_CORE_EXECUTORS);
    properties.add(cores);

    SmallRun.assertSucceeds(submit("client", SmallRun.find(output(), settings), properties));

    SmallRun.assertSameFinder(output(), folder.resolve("local").toString());
    assertThat(SmallRun.threadsPerWorker(output())).isEqualTo(2);
  }

  @Test
  void aDriverOnAWorkerGivesTheSameBits() throws Exception {
    RunningProcess submission = submit("cluster", SmallRun.command(CONF, output(), GENERATED));

    SmallRun.assertSucceeds(submission);
    assertThat(submission.printed()).containsPattern("State of driver driver-\\S+ is FINISHED");
    SmallRun.assertSameRun(Path.of(output()));
  }

  @Test
  void aRunThatIsRefusedOnAWorkerIsAFailedDriver() throws Exception {
    RunningProcess submission =
        submit("cluster", SmallRun.command(CONF, output(), "data.dataset=unknown"));

    // Spark's client of this mode exits with 0 however the driver ends.
    assertThat(submission.exitCode()).isZero();
    assertThat(submission.printed()).containsPattern("State of driver driver-\\S+ is FAILED");
  }
}
