package org.lrsweep.bench.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.testing.LocalSpark;

@ExtendWith(LocalSpark.class)
class RoundsBenchTest {
  private static final List<RoundsEngine> ALL =
      List.of(
          RoundsEngine.LRSWEEP,
          RoundsEngine.LRSWEEP_SINGLE,
          RoundsEngine.STOCK,
          RoundsEngine.STOCK_LEAN);

  @Test
  void measuresAllEnginesOnTheSameNetwork(JavaSparkContext spark) {
    long begin = System.nanoTime();
    List<RoundsResult> results =
        new RoundsBench(spark, ALL, 2, 8, OptionalInt.of(3)).measure(BenchNetwork.of("tiny"));
    double elapsedMs = (System.nanoTime() - begin) / 1e6;

    assertThat(results).extracting(RoundsResult::engine).isEqualTo(ALL);
    assertThat(results)
        .allSatisfy(
            result -> {
              // 64 x 20 + 20 + 20 x 10 + 10
              assertThat(result.parameters()).isEqualTo(1510);
              assertThat(result.rounds()).isEqualTo(3);
              assertThat(result.trainingMs()).isBetween(0.01, result.roundMs());
            });
    // At least two of an engine's three rounds took its median or longer.
    assertThat(results.stream().mapToDouble(RoundsResult::roundMs).sum()).isLessThan(elapsedMs / 2);
  }

  @Test
  void aDenseNetworkHasAboutTheParametersOfItsName() {
    BenchNetwork network = BenchNetwork.of("dense-100000");

    assertThat(network.spec().build().numParams()).isBetween(99_000L, 100_000L);
  }

  @Test
  void refusesWhatItCannotMeasure(JavaSparkContext spark) {
    assertThatThrownBy(() -> BenchNetwork.of("dense-many")).hasMessageContaining("dense-1000000");
    assertThatThrownBy(() -> BenchNetwork.of("resnet")).hasMessageContaining("minigooglenet");
    assertThatThrownBy(() -> new RoundsBench(spark, ALL, 3, 8, OptionalInt.empty()))
        .hasMessageContaining("found 3 workers and a batch of 8");
    assertThatThrownBy(() -> new RoundsBench(spark, ALL, 2, 8, OptionalInt.of(0)))
        .hasMessage("rounds must be >= 1, found 0");
  }
}
