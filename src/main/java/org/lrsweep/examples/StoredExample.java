package org.lrsweep.examples;

import java.io.Serializable;
import org.lrsweep.examples.read.DecodedExample;
import org.lrsweep.examples.read.ValueType;

/**
 * What travels of an example beside its key.
 *
 * @param type of the features' numbers
 * @param shape of the features; empty if the row is unusable
 * @param values the features
 * @param marked whether it is marked for the validation part
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
record StoredExample(ValueType type, int[] shape, byte[] values, boolean marked)
    implements Serializable {

  static StoredExample of(DecodedExample example) {
    return new StoredExample(example.type(), example.shape(), example.values(), example.marked());
  }

  /** Whether it is an example, and not a row that can't be used. */
  boolean isUsable() {
    return shape.length > 0;
  }
}
