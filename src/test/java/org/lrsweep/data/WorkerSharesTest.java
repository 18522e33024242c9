package org.lrsweep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerSharesTest {

  @Test
  void everyWorkerHasOneOfEachBlockAndNobodyElseHasIt() {
    int[][] shares =
        IntStream.range(0, 3).mapToObj(w -> WorkerShares.of(w, 3, 301, 5)).toArray(int[][]::new);

    assertThat(Arrays.stream(shares).flatMapToInt(Arrays::stream).sorted().toArray())
        .containsExactly(IntStream.range(0, 301).toArray());
    assertThat(Arrays.stream(shares).mapToInt(share -> share.length).sorted().toArray())
        .containsExactly(100, 100, 101);
    for (int worker = 0; worker < 3; worker++) {
      for (int i = 0; i < 100; i++) {
        assertThat(shares[worker][i] / 3).isEqualTo(i);
        assertThat(WorkerShares.workerOf(shares[worker][i], 3, 5)).isEqualTo(worker);
      }
    }
  }

  /** 1,000 coins each: 500 heads, and 4 deviations of sqrt(1000) / 2 to either side. */
  @Test
  void workersGetBothOfTwoAlternatingClasses() {
    for (int seed = 0; seed < 20; seed++) {
      for (int worker = 0; worker < 2; worker++) {
        long even =
            Arrays.stream(WorkerShares.of(worker, 2, 2_000, seed)).filter(i -> i % 2 == 0).count();
        assertThat(even).isBetween(500L - 63, 500L + 63);
      }
    }
  }

  @Test
  void oneWorkerHasAllInTheirOrder() {
    assertThat(WorkerShares.of(0, 1, 9, 77)).containsExactly(IntStream.range(0, 9).toArray());
  }

  @Test
  void anotherSeedSharesOtherwise() {
    assertThat(WorkerShares.of(0, 2, 100, 1)).isNotEqualTo(WorkerShares.of(0, 2, 100, 2));
  }
}
