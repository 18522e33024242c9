package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class FixedSettingsTest {
  private static SparkConf running(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  @Test
  void aContextOfLrsweepsOwnSettingsIsToldNothing() {
    Workload small = new Workload(1000, 1000, 64, 0, 1);

    for (String master : List.of("local[2]", "spark://host:7077", "yarn", "k8s://https://host")) {
      SparkConf own = SparkSettings.of(running(master), "name", small);
      assertThat(FixedSettings.sentences(own)).as(master).isEmpty();
    }
  }

  @Test
  void eachSettingThatStaysHasASentence() {
    List<String> said = FixedSettings.sentences(running("yarn"));

    assertThat(said)
        .hasSize(7)
        .allSatisfy(
            sentence -> assertThat(sentence).endsWith("only a new context can take another value"));
    assertThat(String.join(" ", said))
        .contains(
            "spark.scheduler.mode is FIFO and not FAIR",
            "every 10 s",
            "3000 ms",
            "spark.buffer.write.chunkSize is not set",
            "spark.broadcast.compress is true",
            "four times its heap",
            "spark.executor.extraJavaOptions has no org.bytedeco.javacpp.maxphysicalbytes",
            "spark.executorEnv.OMP_NUM_THREADS is not set");
  }

  @Test
  void sparkItselfSetsTheThreadsOfExecutorsWithoutContainers() {
    for (String master : List.of("spark://host:7077", "local-cluster[2,1,1024]")) {
      assertThat(FixedSettings.sentences(running(master)))
          .as(master)
          .hasSize(6)
          .noneMatch(sentence -> sentence.contains("OMP_NUM_THREADS"));
    }
  }

  @Test
  void theModeOfTurnsMayBeInLowerCase() {
    SparkConf fair = running("local[4]").set("spark.scheduler.mode", "fair");

    assertThat(FixedSettings.sentences(fair)).hasSize(1);
  }

  @Test
  void localModeHasNoExecutorsToTellOf() {
    assertThat(FixedSettings.sentences(running("local[4]"))).hasSize(2);
    assertThat(FixedSettings.sentences(running("local[*,4]"))).hasSize(2);
  }

  @Test
  void aContainerThatRunsHasSparksOwnOverheadUnlessItWasSet() {
    // (440 + 2 x 448) MB are needed, and a tenth of the heap is there.
    Workload twoTasks = new Workload(0, 1 << 20, 64, 0, 2);
    SparkConf running = running("yarn").set("spark.executor.cores", "2");

    assertThatThrownBy(() -> SparkSettings.requireMemory(running, twoTasks))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("spark.executor.memoryOverhead must be at least about 1336 MB")
        .hasMessageContaining("found 384 MB");

    SparkSettings.requireMemory(
        running.clone().set("spark.executor.memoryOverhead", "1400m"), twoTasks);
  }
}
