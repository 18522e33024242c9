package org.lrsweep.training.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Little-endian floats in memory, in one array or in several one behind the other, to be read part
 * by part.
 *
 * <p>Thread-safe, if the memory stays what it is.
 */
final class Source {
  private final List<ByteBuffer> parts;

  private Source(List<ByteBuffer> parts) {
    this.parts = parts;
  }

  /** Floats of one array. */
  static Source of(ByteBuffer bytes) {
    return new Source(List.of(bytes.slice()));
  }

  /** Sources one behind the other. */
  static Source join(List<Source> sources) {
    return new Source(sources.stream().flatMap(source -> source.parts.stream()).toList());
  }

  /** How many bytes they are, a multiple of 4. */
  int length() {
    return parts.stream().mapToInt(ByteBuffer::capacity).sum();
  }

  /**
   * A part of them.
   *
   * @param from where it begins, in bytes
   * @param length how many bytes it is
   */
  Source slice(int from, int length) {
    List<ByteBuffer> slice = new ArrayList<>();
    int begin = 0;
    for (ByteBuffer part : parts) {
      int first = Math.max(from - begin, 0);
      int end = Math.min(from + length - begin, part.capacity());
      if (first < end) {
        slice.add(part.slice(first, end - first));
      }
      begin += part.capacity();
    }
    return new Source(slice);
  }

  /** Reads them from the first on. */
  Reader open() {
    return new Reader(
        parts.stream()
            .map(part -> part.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer())
            .toList());
  }

  /** Reads floats one after the other. Not thread-safe. */
  static final class Reader {
    private final List<FloatBuffer> parts;
    private int current;

    private Reader(List<FloatBuffer> parts) {
      this.parts = parts;
    }

    /**
     * Reads the next ones.
     *
     * @param target takes them
     * @param offset where the first one goes
     * @param count how many, no more than are left
     */
    void read(float[] target, int offset, int count) {
      for (int read = 0; read < count; ) {
        FloatBuffer part = parts.get(current);
        int some = Math.min(part.remaining(), count - read);
        part.get(target, offset + read, some);
        read += some;
        if (!part.hasRemaining()) {
          current++;
        }
      }
    }
  }
}
