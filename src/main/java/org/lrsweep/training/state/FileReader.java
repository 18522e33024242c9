package org.lrsweep.training.state;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/**
 * Reads floats of a file. Not through a channel, which an interrupt of a task would close while
 * others wait for what it reads.
 */
final class FileReader implements Source.Reader {
  /** Bytes read at a time. */
  private static final int BUFFER = 64 << 10;

  private final Path path;
  private final RandomAccessFile file;
  private final byte[] bytes = new byte[BUFFER];
  private final FloatBuffer floats =
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().limit(0);
  private int left;

  /**
   * @param from where they begin, in bytes
   * @param length how many bytes they are
   */
  FileReader(Path path, long from, int length) {
    this.path = path;
    left = length;
    try {
      file = new RandomAccessFile(path.toFile(), "r");
      file.seek(from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void read(float[] target, int offset, int count) {
    for (int read = 0; read < count; ) {
      if (!floats.hasRemaining()) {
        fill();
      }
      int next = Math.min(floats.remaining(), count - read);
      floats.get(target, offset + read, next);
      read += next;
    }
  }

  private void fill() {
    int length = Math.min(BUFFER, left);
    try {
      file.readFully(bytes, 0, length);
    } catch (EOFException e) {
      throw new UncheckedIOException(new EOFException(path + " is too short"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    left -= length;
    floats.clear().limit(length / Float.BYTES);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
