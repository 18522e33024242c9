package org.lrsweep.acceleration;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** More graphs than {@link RandomGraphsTest} has the time for. */
class RandomGraphsIT {

  static IntStream seeds() {
    return IntStream.range(16, 126);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void trainAsStock(int seed) {
    RandomGraphsTest.assertTrainAsStock(seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void trainAsStockWithinRoundingWhereAllIsLinear(int seed) {
    RandomGraphsTest.assertLinearOnesTrainAsStock(seed);
  }
}
