package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lrsweep.cli.LrSweep;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.testing.OtherSpark;
import org.lrsweep.testing.OtherSpark.Change;
import org.lrsweep.testing.RunComparison;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.SameRows;
import org.lrsweep.testing.SparkProcesses;
import org.lrsweep.training.state.NeededSpark;

/**
 * The main job on Sparks in which something that Spark does not publish is otherwise: one class at
 * a time has another name, has its members renamed, or throws. A few of them, or with {@code
 * -Dother.sparks=all} all.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OtherSparkIT {
  private static final String ID = "small";

  /** What every program for Spark calls. */
  private static final Set<String> PUBLISHED =
      Set.of(
          "org.apache.spark.SparkConf",
          "org.apache.spark.SparkContext",
          "org.apache.spark.Success$",
          "org.apache.spark.TaskContext",
          "org.apache.spark.api.java.JavaSparkContext",
          "org.apache.spark.broadcast.Broadcast",
          "org.apache.spark.scheduler.SparkListener",
          "org.apache.spark.scheduler.SparkListenerExecutorRemoved",
          "org.apache.spark.scheduler.SparkListenerTaskEnd",
          "org.apache.spark.serializer.Serializer",
          "org.apache.spark.serializer.SerializerInstance",
          "org.apache.spark.storage.StorageLevel");

  /** What local mode calls nothing of. */
  private static final Set<String> BETWEEN_JVMS =
      Set.of(
          "org.apache.spark.network.BlockTransferService THROWS",
          "org.apache.spark.network.buffer.ManagedBuffer THROWS");

  @TempDir private static Path folder;

  @BeforeAll
  static void runOnTheSparkThatItIsBuiltFor() throws Exception {
    RunningProcess process = run("usual", null);

    assertThat(process.exitCode()).as(process.printed()).isZero();
    assertThat(row("usual").transport()).isEqualTo("fast");
    assertThat(row("usual").transportReason()).isNull();
    assertThat(process.printed()).doesNotContain("plain transport");
  }

  private static RunningProcess run(String name, Path patch) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of(SparkProcesses.QUICK_START.split(" ")));
    command.addAll(List.of("-Xmx1g", "-Djava.awt.headless=true", "-Dspark.master=local[2]"));
    command.addAll(List.of("-Dspark.ui.enabled=false", "-Dspark.driver.host=127.0.0.1"));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(List.of("-cp", patch == null ? classPath : patch + ":" + classPath));
    command.addAll(List.of(LrSweep.class.getName(), "run", "--run-id", ID));
    command.addAll(List.of("--config", "conf/quickstart.conf"));
    for (String setting :
        List.of(
            "output=" + folder.resolve(name),
            "data.dataset=generated-garments",
            "data.train-examples=256",
            "data.test-examples=64",
            "batch-size=16",
            "finder.workers=2",
            "finder.method=minimum",
            "sweep.step-sizes-epochs=[0.5]",
            "sweep.workers-per-trial=2",
            "sweep.epochs=1")) {
      command.addAll(List.of("--set", setting));
    }
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    return new RunningProcess(builder.start(), log, Duration.ofMinutes(2));
  }

  private static RunRow row(String name) {
    return store(name).runs().get(0);
  }

  private static ResultStore store(String name) {
    return ResultStore.open(folder.resolve(name).toString(), new Configuration());
  }

  static List<String> needed() throws IOException {
    try (InputStream list = NeededSpark.class.getResourceAsStream("needed-of-spark.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  static Stream<String> changes() throws IOException {
    if (!System.getProperty("other.sparks", "").equals("all")) {
      return Stream.of(
          "org.apache.spark.rpc.RpcEnv RENAMED",
          "org.apache.spark.storage.BlockManager MEMBERS_RENAMED",
          "org.apache.spark.storage.BlockManager THROWS");
    }
    List<String> needed = needed();
    return needed.stream()
        .map(line -> line.split(" ", -1)[1])
        .distinct()
        .filter(type -> !PUBLISHED.contains(type))
        .flatMap(
            type ->
                Stream.of(Change.values())
                    .filter(change -> new OtherSpark(type, change, needed).changesAnything())
                    .map(change -> type + " " + change));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void theMainJobGivesTheSameBitsByThePlainTransport(String change) throws Exception {
    String[] parts = change.split(" ", -1);
    String name = change.replace(' ', '-').replace('$', '-');
    Path patch = folder.resolve(name + ".jar");
    new OtherSpark(parts[0], Change.valueOf(parts[1]), needed()).write(patch);

    RunningProcess process = run(name, patch);

    assertThat(process.exitCode()).as(process.printed()).isZero();
    SameRows.assertSame(store(name), store("usual"), ID);
    RunComparison.assertSame(folder.resolve(name), folder.resolve("usual"), ID);
    RunRow row = row(name);
    if (BETWEEN_JVMS.contains(change)) {
      assertThat(row.transport()).isEqualTo("fast");
      return;
    }
    assertThat(row.transport()).as(process.printed()).isEqualTo("plain");
    assertThat(row.transportReason()).isNotBlank();
    // Said once, with the reason.
    assertThat(process.printed().split("plain transport", -1)).hasSize(2);
    assertThat(process.printed()).contains(row.transportReason());
  }
}
