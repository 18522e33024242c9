package org.lrsweep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShardsTest {

  @Test
  void splitsAsEvenlyAsPossible() {
    assertThat(Shards.split(10, 4))
        .containsExactly(
            new IndexRange(0, 2),
            new IndexRange(2, 5),
            new IndexRange(5, 7),
            new IndexRange(7, 10));
  }

  @Property(tries = 300)
  void coversAllExamplesWithoutOverlap(
      @ForAll @IntRange(max = Integer.MAX_VALUE) int examples,
      @ForAll @IntRange(min = 1, max = 300) int count) {
    List<IndexRange> shards = Shards.split(examples, count);

    assertThat(shards).hasSize(count);
    assertThat(shards.get(0).from()).isZero();
    assertThat(shards.get(count - 1).to()).isEqualTo(examples);

    for (int i = 1; i < count; i++) {
      assertThat(shards.get(i).from()).isEqualTo(shards.get(i - 1).to());
    }

    assertThat(shards)
        .allSatisfy(shard -> assertThat(shard.size() - examples / count).isBetween(0, 1));
  }

  @Test
  void refusesNoShards() {
    assertThatThrownBy(() -> Shards.split(10, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("examples must be at least 0 and shards at least 1, found 10 and 0");
  }

  @Test
  void refusesARangeThatEndsBeforeItBegins() {
    assertThatThrownBy(() -> new IndexRange(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a range must have 0 <= from <= to, found 3 and 2");
  }
}
