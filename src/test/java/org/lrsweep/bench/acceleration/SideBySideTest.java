package org.lrsweep.bench.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.zoo.NetworkType;

class SideBySideTest {

  @Test
  void allWorkersTrainAndSoDoesOneAlone() {
    long begin = System.nanoTime();
    SideBySideResult result =
        new SideBySide(3, 1, 1, 1, Duration.ZERO, Precision.FLOAT)
            .measure(NetworkType.SMALL_CNN, 2);

    double elapsedMs = (System.nanoTime() - begin) / 1e6;
    assertThat(result.workers()).isEqualTo(3);
    // Of seven turns each, at least four took the median or longer.
    assertThat(result.aloneMs()).isBetween(0.1, elapsedMs / 4);
    assertThat(result.togetherMs()).isBetween(0.1, elapsedMs / 4 - result.aloneMs());
  }

  @Test
  void workersThatDoNotSlowEachOtherDownGiveAsManyTimesTheImages() {
    SideBySideResult result =
        new SideBySideResult(NetworkType.MINIGOOGLENET, 64, 2, 1, 800, 1000, 1.9, Precision.FLOAT);

    assertThat(result.aloneImagesPerS()).isEqualTo(80);
    assertThat(result.togetherImagesPerS()).isEqualTo(128);
    assertThat(result.timesOne()).isEqualTo(1.6);
  }

  @Test
  void oneWorkerHasNobodyBesideIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SideBySide(1, 1, 1, Duration.ZERO, Precision.FLOAT))
        .withMessage("workers side by side must be >= 2, found 1");
  }
}
