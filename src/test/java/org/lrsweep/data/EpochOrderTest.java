package org.lrsweep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochOrderTest {

  @Property(tries = 100)
  void holdsEachIndexOnce(
      @ForAll @IntRange(max = 2_000) int examples,
      @ForAll long seed,
      @ForAll @IntRange(max = 100) int epoch) {
    int[] order = EpochOrder.permutation(examples, seed, epoch);

    Arrays.sort(order);
    assertThat(order).containsExactly(IntStream.range(0, examples).toArray());
  }

  @Test
  void dependsOnSeedAndEpochOnly() {
    int[] order = EpochOrder.permutation(1_000, 42, 3);

    assertThat(EpochOrder.permutation(1_000, 42, 3)).containsExactly(order);
    assertThat(EpochOrder.permutation(1_000, 42, 4)).isNotEqualTo(order);
    assertThat(EpochOrder.permutation(1_000, 43, 3)).isNotEqualTo(order);
  }

  @Test
  void drawsAllPermutationsEquallyOften() {
    Map<String, Integer> counts = new HashMap<>();

    for (int epoch = 0; epoch < 24_000; epoch++) {
      counts.merge(Arrays.toString(EpochOrder.permutation(4, 42, epoch)), 1, Integer::sum);
    }

    // Five standard deviations of a binomial distribution.
    assertThat(counts).hasSize(24);
    assertThat(counts.values())
        .allSatisfy(count -> assertThat(count).isCloseTo(1_000, within(155)));
  }
}
