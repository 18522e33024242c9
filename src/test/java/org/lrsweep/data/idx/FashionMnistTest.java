package org.lrsweep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.load.DatasetChoice;
import org.lrsweep.data.load.DatasetLoader;
import org.lrsweep.data.load.DatasetLocations;
import org.lrsweep.data.load.DatasetRequest;

/** On the real data, where there is a copy. */
@EnabledIfEnvironmentVariable(named = "FASHION_MNIST_DIR", matches = ".+")
class FashionMnistTest {

  /** The digest comes from sha256sum over the four unpacked files, the counts from their paper. */
  @Test
  void readsTheRealFiles() {
    Dataset dataset =
        new DatasetLoader(
                DatasetLocations.ofProcess(),
                new HadoopFiles(new Configuration()),
                notice -> {
                  throw new AssertionError(notice);
                })
            .load(DatasetRequest.of(DatasetChoice.FASHION_MNIST));

    assertThat(dataset.name()).isEqualTo("fashion-mnist");
    assertThat(dataset.sha256())
        .isEqualTo("14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214");
    assertThat(labelCounts(dataset.train())).hasSize(10).containsOnly(6_000);
    assertThat(labelCounts(dataset.test())).hasSize(10).containsOnly(1_000);
  }

  private static int[] labelCounts(ImageSet images) {
    int[] counts = new int[10];

    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }

    return counts;
  }
}
