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
    SparkConf own = SparkSettings.of(running("spark://host:7077"), "name");

    assertThat(FixedSettings.sentences(own)).isEmpty();
  }

  @Test
  void eachSettingThatStaysHasASentence() {
    List<String> said = FixedSettings.sentences(running("spark://host:7077"));

    assertThat(said)
        .hasSize(5)
        .allSatisfy(
            sentence -> assertThat(sentence).endsWith("only a new context can take another value"));
    assertThat(String.join(" ", said))
        .contains(
            "spark.scheduler.mode is FIFO and not FAIR",
            "every 10 s",
            "3000 ms",
            "spark.buffer.write.chunkSize is not set",
            "spark.broadcast.compress is true");
  }

  @Test
  void localModeHasNoExecutorsToTellOf() {
    assertThat(FixedSettings.sentences(running("local[4]"))).hasSize(2);
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
