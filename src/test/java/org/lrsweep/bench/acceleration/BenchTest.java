package org.lrsweep.bench.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.zoo.NetworkType;

class BenchTest {

  @Test
  void measuresBothPhasesOnBothEngines() {
    List<BenchResult> results = new ArrayList<>();

    long begin = System.nanoTime();
    new Bench(1, 2, Duration.ZERO, Precision.FLOAT)
        .measure(NetworkType.SMALL_CNN, 2, List.of(Engine.STOCK, Engine.ACCELERATED), results::add);
    double elapsedMs = (System.nanoTime() - begin) / 1e6;

    assertThat(results)
        .extracting(BenchResult::phase, BenchResult::engine)
        .containsExactly(
            tuple(Phase.TRAIN, Engine.STOCK),
            tuple(Phase.TRAIN, Engine.ACCELERATED),
            tuple(Phase.INFER, Engine.STOCK),
            tuple(Phase.INFER, Engine.ACCELERATED));
    // Of two steps the median is the mean.
    assertThat(results.stream().mapToDouble(result -> 2 * result.medianMs()).sum())
        .isBetween(0.1, elapsedMs);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Bench.median(30, 10, 20)).isEqualTo(20);
    assertThat(Bench.median(1, 100, 2, 3)).isEqualTo(2.5);
  }

  @Test
  void countsTheOperationsOfConvolutionsAndDenseLayers() {
    BenchResult result =
        new Bench(1, 1, Duration.ZERO, Precision.FLOAT)
            .measure(NetworkType.SMALL_CNN, 3, Phase.INFER, Engine.STOCK);

    double first = 9 * 16 * 32 * 32;
    double others = 9 * 16 * 32 * 16 * 16 + 9 * 32 * 64 * 8 * 8 + 1024 * 10;
    assertThat(result.gflop()).isCloseTo(2 * 3 * (first + others) / 1e9, within(1e-9));
  }

  @Test
  void stepsMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bench(1, 0, Duration.ZERO, Precision.FLOAT))
        .withMessage("steps must be >= 1, found 0");
  }
}
