package org.lrsweep.training.state;

import java.util.Iterator;
import java.util.List;

/** Reads sources one behind the other. */
final class JoinedReader implements Source.Reader {
  private final Iterator<Source> parts;
  private Source.Reader current;
  private int left;

  JoinedReader(List<Source> parts) {
    this.parts = parts.iterator();
    next();
  }

  private void next() {
    Source part = parts.next();
    current = part.open();
    left = part.length() / Float.BYTES;
  }

  @Override
  public void read(float[] target, int offset, int count) {
    for (int read = 0; read < count; ) {
      if (left == 0) {
        close();
        next();
      }
      int some = Math.min(left, count - read);
      current.read(target, offset + read, some);
      left -= some;
      read += some;
    }
  }

  @Override
  public void close() {
    current.close();
  }
}
