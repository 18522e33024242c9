package org.lrsweep.storage;

import java.io.IOException;
import java.io.OutputStream;

/** What a file holds. */
@FunctionalInterface
public interface Content {
  /** Writes the file's bytes; needn't close the stream, but may. */
  void writeTo(OutputStream out) throws IOException;
}
