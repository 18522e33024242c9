package org.lrsweep.ingest;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.lrsweep.ingest.read.BadRow;
import org.lrsweep.ingest.read.DecodedExample;
import org.lrsweep.ingest.read.ValueType;

/**
 * What travels of an example beside its key.
 *
 * @param type of the features' numbers
 * @param shape of the features; empty if the row is unusable
 * @param values the features
 * @param marked whether it is marked for the validation part
 * @param group that it belongs to; 0 if rows are not grouped
 * @param kind why it can't be used; null if it can
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
@DefaultSerializer(JavaSerializer.class)
record StoredExample(
    ValueType type, int[] shape, byte[] values, boolean marked, long group, BadRow kind)
    implements Serializable {

  static StoredExample of(DecodedExample example) {
    return new StoredExample(
        example.type(),
        example.shape(),
        example.values(),
        example.marked(),
        example.group(),
        example.kind());
  }

  /** Whether it is an example, and not a row that can't be used. */
  boolean isUsable() {
    return kind == null;
  }
}
