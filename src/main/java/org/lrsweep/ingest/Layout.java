package org.lrsweep.ingest;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lrsweep.ingest.read.LabelKind;
import org.lrsweep.ingest.read.Targets;
import org.lrsweep.ingest.read.ValueType;

/**
 * How the examples of a share lie one after the other: the features, then the label, then of
 * sequences their length. All take the same room.
 *
 * <p>A class is its number, in 32 bits. Several labels are a 32-bit number each, 1 if they hold,
 * and numbers are numbers. Sequences lie step by step, and what is left of their room is zero.
 */
final class Layout implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SEQUENCE = 2;

  private final int[] shape;
  private final ValueType type;
  private final LabelKind kind;
  private final Map<String, Integer> names = new HashMap<>();

  /**
   * @param shape [channels, height, width], [channels, steps] or [length]
   * @param type of the features
   * @param kind of the labels
   * @param names of classes, labels or numbers in their order
   */
  Layout(int[] shape, ValueType type, LabelKind kind, List<String> names) {
    this.shape = shape.clone();
    this.type = type;
    this.kind = kind;
    names.forEach(name -> this.names.put(name, this.names.size()));
  }

  /** [channels, height, width], [channels, steps] or [length], not to be written to. */
  int[] shape() {
    return shape;
  }

  ValueType type() {
    return type;
  }

  /** Columns of a batch's labels. */
  int labels() {
    return names.size();
  }

  /** Whether examples are sequences, of up to so many steps as the shape says. */
  boolean isOfSequences() {
    return shape.length == SEQUENCE;
  }

  /** Numbers of an example, of the longest sequence. */
  int length() {
    int length = 1;
    for (int size : shape) {
      length *= size;
    }
    return length;
  }

  private int labelBytes() {
    return kind == LabelKind.CLASS ? Integer.BYTES : Float.BYTES * names.size();
  }

  private int labelAt() {
    return length() * type.bytes();
  }

  /** Bytes of an example and its label. */
  int recordBytes() {
    return labelAt() + labelBytes() + (isOfSequences() ? Integer.BYTES : 0);
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
    Arrays.fill(record, out.position(), labelAt(), (byte) 0);
    out.position(labelAt());
    writeLabel(key.label(), out);
    if (isOfSequences()) {
      out.putInt(example.shape()[1]);
    }
  }

  private void writeLabel(String label, ByteBuffer out) {
    if (kind == LabelKind.CLASS) {
      out.putInt(names.get(label));
    } else if (Targets.isNumbers(label)) {
      for (float number : Targets.numbers(label)) {
        out.putFloat(number);
      }
    } else {
      float[] holds = new float[names.size()];
      Targets.names(label).forEach(name -> holds[names.get(name)] = 1);
      for (float each : holds) {
        out.putFloat(each);
      }
    }
  }

  /** How many steps an example has; 1 of what is no sequence. */
  int steps(byte[] record) {
    return isOfSequences()
        ? ByteBuffer.wrap(record)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt(record.length - Integer.BYTES)
        : 1;
  }

  /**
   * Reads an example's numbers as they are, the last index fastest: of a sequence [channels,
   * steps], as many steps as it has.
   */
  float[] read(byte[] record) {
    float[] values = new float[isOfSequences() ? shape[0] * steps(record) : length()];
    if (type == ValueType.BYTE) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Byte.toUnsignedInt(record[i]);
      }
    } else {
      ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    }
    return isOfSequences() ? byChannel(values) : values;
  }

  private float[] byChannel(float[] byStep) {
    int channels = shape[0];
    int steps = byStep.length / channels;
    float[] values = new float[byStep.length];
    for (int step = 0; step < steps; step++) {
      for (int channel = 0; channel < channels; channel++) {
        values[channel * steps + step] = byStep[step * channels + channel];
      }
    }
    return values;
  }

  /**
   * An example's label as a text.
   *
   * @param all names in their order
   */
  String labelOf(byte[] record, List<String> all) {
    float[] values = new float[all.size()];
    readLabel(record, values, 0);
    return IntStream.range(0, values.length)
        .filter(i -> kind == LabelKind.NUMBERS || values[i] == 1)
        .mapToObj(i -> kind == LabelKind.NUMBERS ? Float.toString(values[i]) : all.get(i))
        .collect(Collectors.joining(" "));
  }

  /** Reads an example's label into a batch's, whose numbers are 0 there. */
  void readLabel(byte[] record, float[] labels, int at) {
    ByteBuffer in = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).position(labelAt());
    if (kind == LabelKind.CLASS) {
      labels[at + in.getInt()] = 1;
    } else {
      in.asFloatBuffer().get(labels, at, names.size());
    }
  }
}
