package org.lrsweep.data;

import java.util.List;
import java.util.stream.IntStream;

/** Splits examples among workers. */
public final class Shards {

  private Shards() {}

  /**
   * Splits 0 to examples - 1 into consecutive ranges whose sizes differ by at most one; some are
   * empty if there are fewer examples than shards.
   *
   * @param examples how many examples there are, at least 0
   * @param shards how many ranges to make, at least 1
   * @throws IllegalArgumentException if a number is out of range
   */
  public static List<IndexRange> split(int examples, int shards) {
    if (examples < 0 || shards < 1) {
      throw new IllegalArgumentException(
          "examples must be at least 0 and shards at least 1, found %d and %d"
              .formatted(examples, shards));
    }

    return IntStream.range(0, shards)
        .mapToObj(i -> new IndexRange(bound(examples, shards, i), bound(examples, shards, i + 1)))
        .toList();
  }

  private static int bound(int examples, int shards, int i) {
    return (int) ((long) examples * i / shards);
  }
}
