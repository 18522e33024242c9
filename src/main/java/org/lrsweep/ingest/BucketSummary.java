package org.lrsweep.ingest;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lrsweep.ingest.read.BadRow;
import org.lrsweep.ingest.read.Targets;
import org.lrsweep.ingest.read.ValueType;
import org.lrsweep.storage.Sha256;
import scala.Tuple2;

/**
 * What is in one bucket of a set.
 *
 * @param bucket its number
 * @param labels how often each comes
 * @param names of labels, and for how many examples each holds, where there are several
 * @param sets of labels, where there are several, and how many groups of equal features have each;
 *     no more than one beyond {@link LabelSets#MOST}
 * @param shapes how many examples have each shape, as {@code 3x32x32}
 * @param bytes whether all numbers can be bytes
 * @param min the lowest number
 * @param max the highest number
 * @param unlike groups of equal features with different labels
 * @param unusable how many rows can't be used, by why
 * @param problems of the first of them
 * @param sha256 of all keys and labels in their order
 */
@DefaultSerializer(JavaSerializer.class)
record BucketSummary(
    int bucket,
    SortedMap<String, LabelCount> labels,
    SortedMap<String, Long> names,
    SortedMap<String, Long> sets,
    SortedMap<String, Long> shapes,
    boolean bytes,
    float min,
    float max,
    long unlike,
    SortedMap<BadRow, Long> unusable,
    List<String> problems,
    String sha256)
    implements Serializable {

  private static final int SHOWN_PROBLEMS = 3;

  /** Those of buckets that come one after the other. */
  static Iterator<BucketSummary> of(Iterator<Tuple2<ExampleKey, StoredExample>> sorted) {
    List<BucketSummary> summaries = new ArrayList<>();
    Builder builder = null;
    while (sorted.hasNext()) {
      Tuple2<ExampleKey, StoredExample> example = sorted.next();
      if (builder == null || builder.bucket != example._1().bucket()) {
        if (builder != null) {
          summaries.add(builder.build());
        }
        builder = new Builder(example._1().bucket());
      }
      builder.add(example._1(), example._2());
    }
    if (builder != null) {
      summaries.add(builder.build());
    }
    return summaries.iterator();
  }

  private static final class Builder {
    private final int bucket;
    private final SortedMap<String, LabelCount> labels = new TreeMap<>();
    private final SortedMap<String, Long> names = new TreeMap<>();
    private final SortedMap<String, Long> sets = new TreeMap<>();
    private final SortedMap<String, Long> shapes = new TreeMap<>();
    private final MessageDigest digest = Sha256.digest();
    private final List<String> problems = new ArrayList<>();
    private boolean bytes = true;
    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;
    private long unlike;
    private final SortedMap<BadRow, Long> unusable = new TreeMap<>();
    private ExampleKey last;
    private boolean lastIsUnlike;

    Builder(int bucket) {
      this.bucket = bucket;
    }

    void add(ExampleKey key, StoredExample example) {
      if (!example.isUsable()) {
        unusable.merge(example.kind(), 1L, Long::sum);
        if (problems.size() < SHOWN_PROBLEMS) {
          problems.add(key.label());
        }
        return;
      }
      boolean first = !key.hasFeaturesOf(last);
      labels.merge(
          Targets.stratum(key.label()), new LabelCount(1, first ? 1 : 0), LabelCount::plus);
      Targets.names(key.label()).forEach(name -> names.merge(name, 1L, Long::sum));
      if (first && sets.size() <= LabelSets.MOST && Targets.isSet(key.label())) {
        sets.merge(key.label(), 1L, Long::sum);
      }
      shapes.merge(text(example.shape()), 1L, Long::sum);
      digest.update(
          ByteBuffer.allocate(2 * Long.BYTES).putLong(key.high()).putLong(key.low()).flip());
      digest.update(key.label().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      range(example);
      if (first) {
        lastIsUnlike = false;
      } else if (!lastIsUnlike && !key.label().equals(last.label())) {
        lastIsUnlike = true;
        unlike++;
      }
      last = key;
    }

    private void range(StoredExample example) {
      if (example.type() == ValueType.BYTE) {
        for (byte value : example.values()) {
          min = Math.min(min, Byte.toUnsignedInt(value));
          max = Math.max(max, Byte.toUnsignedInt(value));
        }
        return;
      }
      bytes = false;
      ByteBuffer values = ByteBuffer.wrap(example.values()).order(ByteOrder.LITTLE_ENDIAN);
      while (values.hasRemaining()) {
        float value = values.getFloat();
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }

    private static String text(int[] shape) {
      return String.join("x", Arrays.stream(shape).mapToObj(Integer::toString).toList());
    }

    BucketSummary build() {
      return new BucketSummary(
          bucket,
          labels,
          names,
          sets,
          shapes,
          bytes,
          min,
          max,
          unlike,
          unusable,
          problems,
          Sha256.hex(digest));
    }
  }
}
