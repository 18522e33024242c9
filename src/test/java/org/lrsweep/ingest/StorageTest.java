package org.lrsweep.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
  private static final int RECORD = 1 << 16;

  /** Records of a share that takes a 25th of the heap: two fit below a tenth of it, three don't. */
  private static final int SIZE = (int) (Runtime.getRuntime().maxMemory() / RECORD / 25);

  @TempDir private Path folder;

  private boolean inMemory(int workers, String... settings) throws IOException {
    SparkConf conf = new SparkConf(false).set("spark.local.dir", folder.toString());
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    try (ShareWriter writer = Storage.of(Storage.Kind.AUTO, conf).writer(RECORD, SIZE, workers)) {
      return writer.getClass().getSimpleName().equals("Memory");
    }
  }

  @Test
  void memoryIsForTheSharesOfAllWorkersThatAnExecutorCanHave() throws IOException {
    assertThat(inMemory(2)).isTrue();
    assertThat(inMemory(3)).as("all may be in one executor").isFalse();
    String[] two = {"spark.master", "yarn", "spark.executor.cores", "4", "spark.task.cpus", "2"};
    assertThat(inMemory(3, two)).as("two at once").isTrue();
    two[1] = "local[8]";
    assertThat(inMemory(3, two)).as("the local master has but one executor").isFalse();
  }
}
