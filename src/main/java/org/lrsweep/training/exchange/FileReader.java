package org.lrsweep.training.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads floats of a file by way of memory outside of the heap, which the JDK would do anyway. */
final class FileReader implements Source.Reader {
  private static final int BUFFER = 64 << 10;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer bytes;
  private long left;
  private FloatBuffer floats = FloatBuffer.allocate(0);

  /**
   * @param from where they begin, in bytes
   * @param length how many bytes they are
   */
  FileReader(Path file, long from, int length) {
    this.file = file;
    left = length;
    bytes = ByteBuffer.allocateDirect(Math.min(BUFFER, length)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ).position(from);
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
    bytes.clear().limit((int) Math.min(BUFFER, left));
    left -= bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new EOFException(
              "%s must have %d bytes more".formatted(file, bytes.remaining() + left));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    floats = bytes.flip().asFloatBuffer();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
