package org.lrsweep.ingest.read;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An example as it was read, or why a row is none. The same features give the same bytes, whatever
 * they were read from.
 *
 * @param label the class, as a text
 * @param type of the features' numbers: {@link ValueType#BYTE} if all of them can be bytes
 * @param shape [channels, height, width] or [length]
 * @param values the features, the last index fastest
 * @param marked whether the column of the validation part is true
 * @param group that its row belongs to; 0 if rows are not grouped
 * @param kind why the row is none; null if it can be used
 * @param problem where the row stands and what is wrong with it; empty if it can be used
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
@DefaultSerializer(JavaSerializer.class)
public record DecodedExample(
    String label,
    ValueType type,
    int[] shape,
    byte[] values,
    boolean marked,
    long group,
    BadRow kind,
    String problem)
    implements Serializable {

  /** An image of bytes [channels, height, width]. */
  static DecodedExample ofBytes(String label, int[] shape, byte[] values) {
    return new DecodedExample(label, ValueType.BYTE, shape, values, false, 0, null, "");
  }

  /**
   * An example of numbers.
   *
   * @param values finite as floats
   */
  static DecodedExample ofNumbers(String label, int[] shape, double[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] != (int) values[i] || values[i] < 0 || values[i] > 255) {
        return new DecodedExample(
            label, ValueType.FLOAT, shape, floats(values), false, 0, null, "");
      }
      bytes[i] = (byte) (int) values[i];
    }
    return ofBytes(label, shape, bytes);
  }

  /** A row that can't be used. */
  static DecodedExample unusable(BadRow kind, String problem) {
    return new DecodedExample("", ValueType.BYTE, new int[0], new byte[0], false, 0, kind, problem);
  }

  /** The same, marked or not. */
  DecodedExample marked(boolean mark) {
    return new DecodedExample(label, type, shape, values, mark, group, kind, problem);
  }

  /** The same, of a group. */
  DecodedExample inGroup(long number) {
    return new DecodedExample(label, type, shape, values, marked, number, kind, problem);
  }

  /** Whether it is an example. */
  public boolean isUsable() {
    return problem.isEmpty();
  }

  private static byte[] floats(double[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      // Adding 0 makes one zero of both.
      buffer.putFloat((float) value + 0f);
    }
    return buffer.array();
  }
}
