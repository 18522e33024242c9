package org.lrsweep.examples;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lrsweep.examples.read.ValueType;

/**
 * How the examples of a share lie one after the other: the features, then the class's number, in 32
 * bits. All have the same length.
 */
final class Layout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] shape;
  private final ValueType type;
  private final Map<String, Integer> classes = new HashMap<>();

  /**
   * @param shape [channels, height, width] or [length]
   * @param type of the features
   * @param classNames in their order
   */
  Layout(int[] shape, ValueType type, List<String> classNames) {
    this.shape = shape.clone();
    this.type = type;
    classNames.forEach(name -> classes.put(name, classes.size()));
  }

  /** [channels, height, width] or [length], not to be written to. */
  int[] shape() {
    return shape;
  }

  ValueType type() {
    return type;
  }

  int classes() {
    return classes.size();
  }

  /** Numbers of an example. */
  int length() {
    int length = 1;
    for (int size : shape) {
      length *= size;
    }
    return length;
  }

  /** Bytes of an example and its class. */
  int recordBytes() {
    return length() * type.bytes() + Integer.BYTES;
  }

  /** Writes an example; a grey one gets as many equal channels as there must be. */
  void write(ExampleKey key, StoredExample example, byte[] record) {
    ByteBuffer out = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    int repeats = example.shape().length == 3 ? shape[0] / example.shape()[0] : 1;
    for (int i = 0; i < repeats; i++) {
      if (example.type() == type) {
        out.put(example.values());
      } else {
        for (byte value : example.values()) {
          out.putFloat(Byte.toUnsignedInt(value));
        }
      }
    }
    out.putInt(classes.get(key.label()));
  }

  /** Reads an example's numbers as they are. */
  void read(byte[] record, float[] values) {
    if (type == ValueType.BYTE) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Byte.toUnsignedInt(record[i]);
      }
    } else {
      ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    }
  }

  /** Reads an example's class. */
  int classOf(byte[] record) {
    return ByteBuffer.wrap(record)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt(record.length - Integer.BYTES);
  }
}
