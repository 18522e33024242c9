package org.lrsweep.training.examples;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.lrsweep.data.EpochOrder;

/**
 * The order in which a worker takes its examples in each epoch. That of the epoch asked for last is
 * remembered, since a task asks for one epoch's batches in turn.
 *
 * <p>Thread-safe.
 */
public final class EpochPermutation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int size;
  private final Kind kind;
  private final long seed;
  private transient volatile Known last;

  private enum Kind {
    SHUFFLED,
    IDENTITY
  }

  @SuppressWarnings("ArrayRecordComponent") // a cache of this class alone
  private record Known(int epoch, int[] indices) {}

  private EpochPermutation(int size, Kind kind, long seed) {
    this.size = size;
    this.kind = kind;
    this.seed = seed;
  }

  /** A new order each epoch. */
  public static EpochPermutation shuffled(int size, long seed) {
    return new EpochPermutation(size, Kind.SHUFFLED, seed);
  }

  /** Examples as they are. */
  public static EpochPermutation identity(int size) {
    return new EpochPermutation(size, Kind.IDENTITY, 0);
  }

  /** The examples' numbers in an epoch's order; not to be written to. */
  public int[] of(int epoch) {
    Known known = last;
    if (known == null || known.epoch() != epoch) {
      int[] indices =
          kind == Kind.SHUFFLED
              ? EpochOrder.permutation(size, seed, epoch)
              : IntStream.range(0, size).toArray();
      known = new Known(epoch, indices);
      last = known;
    }
    return known.indices();
  }
}
