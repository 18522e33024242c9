package org.lrsweep.experiment;

import java.io.IOException;
import java.io.Writer;

/** A writer at which a program runs out of memory when it says something. */
final class BreaksAt extends Writer {
  private final String text;
  private final StringBuilder written = new StringBuilder();

  BreaksAt(String text) {
    this.text = text;
  }

  @Override
  public void write(char[] chars, int offset, int length) {
    written.append(chars, offset, length);
    if (written.indexOf(text) >= 0) {
      written.setLength(0);
      throw new OutOfMemoryError("Java heap space, says the test");
    }
  }

  @Override
  public void flush() throws IOException {}

  @Override
  public void close() throws IOException {}
}
