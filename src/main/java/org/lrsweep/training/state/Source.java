package org.lrsweep.training.state;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Little-endian floats in this JVM or on its host, to be read part by part.
 *
 * <p>Thread-safe, if what is in memory stays what it is.
 */
public sealed interface Source {

  /** How many bytes they are, a multiple of 4. */
  int length();

  /**
   * A part of them.
   *
   * @param from where it begins, in bytes
   * @param length how many bytes it is
   */
  Source slice(int from, int length);

  /**
   * Opens them, to be read from the first on.
   *
   * @throws UncheckedIOException if their file can't be read
   */
  Reader open();

  /** Writes their bytes. */
  void writeTo(WritableByteChannel channel) throws IOException;

  /** Floats in memory. */
  static Source of(ByteBuffer bytes) {
    return new InMemory(bytes.slice());
  }

  /** Sources one behind the other. */
  static Source join(List<Source> parts) {
    return parts.size() == 1 ? parts.get(0) : new Joined(List.copyOf(parts));
  }

  /** Reads floats one after the other. Not thread-safe. */
  interface Reader extends Closeable {
    /**
     * Reads the next ones.
     *
     * @param target takes them
     * @param offset where the first one goes
     * @param count how many, no more than are left
     * @throws UncheckedIOException if their file can't be read
     */
    void read(float[] target, int offset, int count);

    @Override
    void close();
  }

  /** Floats in memory. */
  record InMemory(ByteBuffer bytes) implements Source {
    @Override
    public int length() {
      return bytes.capacity();
    }

    @Override
    public Source slice(int from, int length) {
      return new InMemory(bytes.slice(from, length));
    }

    @Override
    public Reader open() {
      FloatBuffer floats = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      return new Reader() {
        @Override
        public void read(float[] target, int offset, int count) {
          floats.get(target, offset, count);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void writeTo(WritableByteChannel channel) throws IOException {
      ByteBuffer left = bytes.duplicate();
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
  }

  /**
   * Floats in a file, as a rule in the page cache: another JVM has just written them.
   *
   * @param from where they begin in the file, in bytes
   */
  record InFile(Path file, int from, int length) implements Source {
    @Override
    public Source slice(int begin, int bytes) {
      return new InFile(file, from + begin, bytes);
    }

    @Override
    public Reader open() {
      return new FileReader(file, from, length);
    }

    @Override
    public void writeTo(WritableByteChannel channel) throws IOException {
      try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
        for (long written = 0; written < length; ) {
          written += source.transferTo(from + written, length - written, channel);
        }
      }
    }
  }

  /** Floats of several sources. */
  record Joined(List<Source> parts) implements Source {
    @Override
    public int length() {
      return parts.stream().mapToInt(Source::length).sum();
    }

    @Override
    public Source slice(int from, int length) {
      List<Source> slice = new ArrayList<>();
      int begin = 0;
      for (Source part : parts) {
        int first = Math.max(from - begin, 0);
        int end = Math.min(from + length - begin, part.length());
        if (first < end) {
          slice.add(part.slice(first, end - first));
        }
        begin += part.length();
      }
      return join(slice);
    }

    @Override
    public Reader open() {
      return new JoinedReader(parts);
    }

    @Override
    public void writeTo(WritableByteChannel channel) throws IOException {
      for (Source part : parts) {
        part.writeTo(channel);
      }
    }
  }
}
