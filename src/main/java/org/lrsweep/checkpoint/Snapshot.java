package org.lrsweep.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named values of a run at one moment: what a checkpoint file holds. Numbers are kept bit by bit.
 * Immutable.
 */
public final class Snapshot {
  private final Map<String, byte[]> sections;

  Snapshot(Map<String, byte[]> sections) {
    this.sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }

  /** Starts a snapshot. */
  public static Builder builder() {
    return new Builder();
  }

  Map<String, byte[]> sections() {
    return sections;
  }

  /** Whether there is a value of this name. */
  public boolean has(String name) {
    return sections.containsKey(name);
  }

  /**
   * Whole numbers.
   *
   * @throws DamagedCheckpointException if there is no such value, or it can't be whole numbers
   */
  public long[] longs(String name) {
    ByteBuffer bytes = bytes(name, Long.BYTES);
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(values);
    return values;
  }

  /**
   * One whole number.
   *
   * @throws DamagedCheckpointException if there is no such value, or it isn't one whole number
   */
  public long number(String name) {
    long[] values = longs(name);
    if (values.length != 1) {
      throw new DamagedCheckpointException(
          "its value '" + name + "' must be one number, found " + values.length);
    }
    return values[0];
  }

  /**
   * Fractional numbers.
   *
   * @throws DamagedCheckpointException if there is no such value, or it can't be such numbers
   */
  public double[] doubles(String name) {
    ByteBuffer bytes = bytes(name, Double.BYTES);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  /**
   * Fractional numbers of single precision.
   *
   * @throws DamagedCheckpointException if there is no such value, or it can't be such numbers
   */
  public float[] floats(String name) {
    ByteBuffer bytes = bytes(name, Float.BYTES);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /**
   * A text.
   *
   * @throws DamagedCheckpointException if there is no such value
   */
  public String text(String name) {
    return StandardCharsets.UTF_8.decode(bytes(name, 1)).toString();
  }

  private ByteBuffer bytes(String name, int unit) {
    byte[] bytes = sections.get(name);
    if (bytes == null) {
      throw new DamagedCheckpointException("it has no value '" + name + "'");
    }
    if (bytes.length % unit != 0) {
      throw new DamagedCheckpointException(
          "its value '"
              + name
              + "' must be a multiple of "
              + unit
              + " bytes, found "
              + bytes.length);
    }
    return littleEndian(bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Collects a snapshot's values; a name that is given twice keeps the later one. */
  public static final class Builder {
    private final Map<String, byte[]> sections = new LinkedHashMap<>();

    private Builder() {}

    public Builder put(String name, long... values) {
      byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
      littleEndian(bytes).asLongBuffer().put(values);
      return put(name, bytes);
    }

    public Builder put(String name, double... values) {
      byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
      littleEndian(bytes).asDoubleBuffer().put(values);
      return put(name, bytes);
    }

    public Builder put(String name, float[] values) {
      byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
      littleEndian(bytes).asFloatBuffer().put(values);
      return put(name, bytes);
    }

    public Builder put(String name, String text) {
      return put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Builder put(String name, byte[] bytes) {
      sections.put(name, bytes);
      return this;
    }

    public Snapshot build() {
      return new Snapshot(sections);
    }
  }
}
