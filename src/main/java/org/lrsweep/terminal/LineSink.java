package org.lrsweep.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Gives what is written to a screen line by line, as UTF-8. Thread-safe. */
final class LineSink extends OutputStream {
  private final Screen screen;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineSink(Screen screen) {
    this.screen = screen;
  }

  @Override
  public synchronized void write(int b) {
    line.write(b);
    if (b == '\n') {
      print();
    }
  }

  /** Several lines written at once stay together. */
  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int end = offset + length;
    while (end > offset && bytes[end - 1] != '\n') {
      end--;
    }
    if (end > offset) {
      line.write(bytes, offset, end - offset);
      print();
    }
    line.write(bytes, end, offset + length - end);
  }

  private void print() {
    screen.print(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }

  /** Prints what is left of a line that was not ended. */
  @Override
  public synchronized void close() {
    if (line.size() > 0) {
      write('\n');
    }
  }
}
