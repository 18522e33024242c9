package org.lrsweep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;

class SplitMix64Test {

  /** The numbers that Vigna's splitmix64.c gives for this seed. */
  @Test
  void givesTheReferencesNumbers() {
    SplitMix64 random = new SplitMix64(1_234_567);

    assertThat(IntStream.range(0, 5).mapToObj(i -> Long.toUnsignedString(random.nextLong())))
        .containsExactly(
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821");
  }

  @Property(tries = 100)
  void givesTheJdksNumbers(@ForAll long seed) {
    SplittableRandom expected = new SplittableRandom(seed);
    SplitMix64 random = new SplitMix64(seed);

    for (int i = 0; i < 10; i++) {
      assertThat(random.nextLong()).isEqualTo(expected.nextLong());
    }
  }

  @Property(tries = 100)
  void staysBelowTheBound(@ForAll long seed, @ForAll @Positive int bound) {
    assertThat(new SplitMix64(seed).nextInt(bound)).isBetween(0, bound - 1);
  }

  @Test
  void reachesEachNumberBelowTheBoundEquallyOften() {
    SplitMix64 random = new SplitMix64(42);
    int[] counts = new int[10];

    for (int i = 0; i < 100_000; i++) {
      counts[random.nextInt(10)]++;
    }

    // Five standard deviations of a binomial distribution.
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isCloseTo(10_000, within(475)));
  }
}
