package org.lrsweep.data.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetLocationsTest {

  private static final Path HOME = Path.of("/home/ada");

  @Test
  void cachesInTheUsersHome() {
    DatasetLocations locations = DatasetLocations.of(Map.of(), HOME);

    assertThat(locations.environmentDirectory()).isEmpty();
    assertThat(locations.cache()).isEqualTo(Path.of("/home/ada/.cache/lrsweep/fashion-mnist"));
  }

  @Test
  void honoursTheXdgCacheDirectory() {
    assertThat(DatasetLocations.of(Map.of("XDG_CACHE_HOME", "/caches"), HOME).cache())
        .isEqualTo(Path.of("/caches/lrsweep/fashion-mnist"));
  }

  /** As the XDG base directory specification asks. */
  @Test
  void ignoresARelativeXdgCacheDirectory() {
    assertThat(DatasetLocations.of(Map.of("XDG_CACHE_HOME", "caches"), HOME).cache())
        .isEqualTo(Path.of("/home/ada/.cache/lrsweep/fashion-mnist"));
  }

  @Test
  void takesTheEnvironmentsDirectory() {
    assertThat(
            DatasetLocations.of(Map.of("FASHION_MNIST_DIR", "/data"), HOME).environmentDirectory())
        .contains(Path.of("/data"));
    assertThat(DatasetLocations.of(Map.of("FASHION_MNIST_DIR", " "), HOME).environmentDirectory())
        .isEmpty();
  }

  @Test
  void keepsDownloadsWithTemporaryFilesWhereThereIsNoHome() {
    assertThat(DatasetLocations.of(Map.of(), Path.of("?")).cache())
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "lrsweep/fashion-mnist"));
  }
}
