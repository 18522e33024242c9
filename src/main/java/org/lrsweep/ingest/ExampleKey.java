package org.lrsweep.ingest;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.lrsweep.ingest.read.DecodedExample;
import org.lrsweep.storage.Sha256;

/**
 * An example's place in the canonical order of its set: 128 bits of the SHA-256 of its features,
 * then its label. Files, partitions and executors have no part in it, and examples that are equal
 * in all may change places without a trace.
 *
 * @param high the hash's first 64 bits, unsigned
 * @param low the hash's next 64 bits, unsigned
 * @param label the class, or why the row is unusable
 */
@DefaultSerializer(JavaSerializer.class)
record ExampleKey(long high, long low, String label)
    implements Comparable<ExampleKey>, Serializable {

  /** Bits of a bucket's number. */
  private static final int BUCKET_BITS = 7;

  /**
   * Buckets that a set is divided into by its keys: enough for one to be sorted in an executor's
   * memory, few enough for Spark to write each to a file of its own.
   */
  static final int BUCKETS = 1 << BUCKET_BITS;

  static ExampleKey of(DecodedExample example) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.digest().digest(example.values()));
    return new ExampleKey(
        hash.getLong(), hash.getLong(), example.isUsable() ? example.label() : example.problem());
  }

  /** The bucket that the key belongs to; keys of a lower bucket are lower. */
  int bucket() {
    return (int) (high >>> (Long.SIZE - BUCKET_BITS));
  }

  /** Whether both are of the same features. */
  boolean hasFeaturesOf(ExampleKey other) {
    return other != null && high == other.high && low == other.low;
  }

  @Override
  public int compareTo(ExampleKey other) {
    int order = Long.compareUnsigned(high, other.high);
    if (order == 0) {
      order = Long.compareUnsigned(low, other.low);
    }
    return order == 0 ? label.compareTo(other.label) : order;
  }
}
