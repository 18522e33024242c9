package org.lrsweep.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Reads the expected values that make_oracles.py made. */
final class Oracle {

  private Oracle() {}

  static ImageSet images() {
    return new ImageSet(28, 28, bytes("images-3x28x28.bin"), new byte[] {0, 1, 2});
  }

  static byte[] bytes(String name) {
    try (InputStream in = Oracle.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[] floats(String name) {
    byte[] bytes = bytes(name);
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(floats);
    return floats;
  }
}
