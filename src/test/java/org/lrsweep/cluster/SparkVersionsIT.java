package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.SparkProcesses;

/**
 * The main job on releases of Spark, submitted by a {@code spark-submit} whose command Spark's own
 * launcher makes: the same bits as on the Spark that the build resolves. That one in local mode;
 * with {@code -Dspark.versions=all}, or a list of versions, each of them in local mode and on a
 * standalone cluster, the driver here and on a worker.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class SparkVersionsIT {
  private static final List<String> ALL = List.of("3.4.4", "3.5.0", "3.5.5", "3.5.9");

  private static final String CONF = "conf/quickstart.conf";
  private static final String GENERATED = "data.dataset=generated-garments";

  @TempDir Path folder;

  private record Place(String version, String mode) {
    @Override
    public String toString() {
      return version + " " + mode;
    }
  }

  static Stream<Place> places() {
    String asked = System.getProperty("spark.versions", "");
    if (asked.isEmpty()) {
      return Stream.of(new Place(SparkProcesses.SPARK_VERSION, "local"));
    }
    return (asked.equals("all") ? ALL : List.of(asked.split(",", -1)))
        .stream()
            .flatMap(
                version ->
                    Stream.of("local", "client", "cluster").map(mode -> new Place(version, mode)));
  }

  @ParameterizedTest
  @MethodSource("places")
  void theMainJobGivesTheSameBits(Place place) throws Exception {
    String output = folder.resolve("results").toString();
    List<String> arguments = SmallRun.command(CONF, output, GENERATED);
    arguments.add("--");
    try (SparkProcesses spark = new SparkProcesses(folder.resolve("spark"), place.version())) {
      RunningProcess driver;
      if (place.mode().equals("local")) {
        arguments.addAll(List.of("--master", "local[2,4]"));
        driver = spark.submit("local.sh", Map.of(), arguments);
      } else {
        String master = spark.startMaster();
        spark.startWorker("worker-1", "127.0.0.1", master);
        spark.startWorker("worker-2", "127.0.0.1", master);
        arguments.addAll(List.of("--deploy-mode", place.mode()));
        SmallRun.ONE_CORE_EXECUTORS.forEach(set -> arguments.addAll(List.of("--conf", set)));
        // The last one counts: classes built for another release are to be verified.
        arguments.addAll(
            List.of("--conf", "spark.executor.extraJavaOptions=" + SparkProcesses.QUICK_START));
        driver = spark.submit("standalone.sh", Map.of("MASTER", master), arguments);
      }

      SmallRun.assertSucceeds(driver);
    }
    SmallRun.assertSameRun(Path.of(output));
    RunRow row = ResultStore.open(output, new Configuration()).runs().get(0);
    assertThat(row.sparkVersion()).isEqualTo(place.version());
    assertThat(row.transport()).as(row.transportReason()).isEqualTo("fast");
  }
}
