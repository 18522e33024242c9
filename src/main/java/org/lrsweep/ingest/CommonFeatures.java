package org.lrsweep.ingest;

import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/** Counts features that two sorted buckets have in common. */
final class CommonFeatures {
  private CommonFeatures() {}

  static Iterator<Long> count(
      Iterator<Tuple2<ExampleKey, StoredExample>> ones,
      Iterator<Tuple2<ExampleKey, StoredExample>> others) {
    long common = 0;
    ExampleKey one = nextGroup(ones, null);
    ExampleKey other = nextGroup(others, null);
    while (one != null && other != null) {
      int order = compareFeatures(one, other);
      if (order == 0) {
        common++;
      }
      ExampleKey next = order <= 0 ? nextGroup(ones, one) : one;
      other = order >= 0 ? nextGroup(others, other) : other;
      one = next;
    }
    return List.of(common).iterator();
  }

  private static int compareFeatures(ExampleKey one, ExampleKey other) {
    int order = Long.compareUnsigned(one.high(), other.high());
    return order == 0 ? Long.compareUnsigned(one.low(), other.low()) : order;
  }

  private static ExampleKey nextGroup(
      Iterator<Tuple2<ExampleKey, StoredExample>> sorted, ExampleKey before) {
    while (sorted.hasNext()) {
      Tuple2<ExampleKey, StoredExample> next = sorted.next();
      if (next._2().isUsable() && !next._1().hasFeaturesOf(before)) {
        return next._1();
      }
    }
    return null;
  }
}
