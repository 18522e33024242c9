package org.lrsweep.ingest;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lrsweep.ingest.read.Targets;
import scala.Tuple2;

/**
 * How many examples of a bucket belong to each part.
 *
 * @param bucket its number
 * @param counts of each part and label
 * @param shared features that are in several parts
 * @param moments of the training part's numbers; null if nobody asked for them
 */
@DefaultSerializer(JavaSerializer.class)
record BucketParts(
    int bucket, Map<Part, Map<String, Long>> counts, SharedFeatures shared, Moments moments)
    implements Serializable {

  /**
   * Those of buckets that come one after the other.
   *
   * @param layout of the examples, if moments are wanted, else null
   */
  static Iterator<BucketParts> of(
      Iterator<Tuple2<ExampleKey, StoredExample>> sorted, Split split, Layout layout) {
    Optional<Layout> standardized = Optional.ofNullable(layout);
    List<BucketParts> found = new ArrayList<>();
    Split.Parts parts = split.parts();
    byte[] record = new byte[standardized.map(Layout::recordBytes).orElse(0)];
    BucketParts bucket = null;
    while (sorted.hasNext()) {
      Tuple2<ExampleKey, StoredExample> next = sorted.next();
      ExampleKey key = next._1();
      if (!next._2().isUsable()) {
        continue;
      }
      if (bucket == null || bucket.bucket != key.bucket()) {
        bucket =
            new BucketParts(
                key.bucket(),
                new EnumMap<>(Part.class),
                new SharedFeatures(),
                standardized.map(BucketParts::moments).orElse(null));
        found.add(bucket);
      }
      Part part = parts.of(key, next._2());
      bucket.shared.add(key, part);
      bucket
          .counts
          .computeIfAbsent(part, none -> new TreeMap<>())
          .merge(Targets.stratum(key.label()), 1L, Long::sum);
      if (standardized.isPresent() && part == Part.TRAIN) {
        standardized.get().write(key, next._2(), record);
        bucket.moments.add(standardized.get().read(record));
      }
    }
    return found.iterator();
  }

  /** Of each channel of images, and of each column of other numbers. */
  static Moments moments(Layout layout) {
    return new Moments(layout.shape()[0]);
  }

  /** Examples of a part, of all labels. */
  long count(Part part) {
    return counts.getOrDefault(part, Map.of()).values().stream().mapToLong(Long::longValue).sum();
  }
}
