package org.lrsweep.network.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A vector of floats as ND4J writes arrays: a header and the shape's description, then a header and
 * the values, all big-endian. ND4J's own reader reserves as much memory as a header claims.
 */
final class SavedArray {
  private static final int MOST_SHAPE_VALUES = 64;

  private SavedArray() {}

  private record Header(long length, String type) {}

  /**
   * Reads a vector.
   *
   * @param length how many values it must have
   * @param what the values are, for messages
   * @throws IOException if it has another length or type, or ends before
   */
  static float[] read(InputStream in, long length, String what) throws IOException {
    DataInputStream data = new DataInputStream(in);
    Header shape = header(data);
    int width = shape.type().equals("INT") ? Integer.BYTES : Long.BYTES;
    if (shape.length() < 0 || shape.length() > MOST_SHAPE_VALUES) {
      throw new IOException(what + " are no array of ND4J's");
    }
    data.skipNBytes(shape.length() * width);
    Header values = header(data);
    if (!values.type().equals("FLOAT")) {
      throw new IOException(
          "%s must be of type FLOAT, found %s; convert the network with convertDataType and save it again"
              .formatted(what, values.type()));
    }
    if (values.length() != length) {
      throw new IOException(
          "the configuration's network has %s values of %s, found %s"
              .formatted(length, what, values.length()));
    }
    float[] read = new float[Math.toIntExact(length)];
    for (int i = 0; i < read.length; i++) {
      read[i] = data.readFloat();
    }
    return read;
  }

  private static Header header(DataInputStream data) throws IOException {
    String allocation = data.readUTF();
    // ND4J's older modes count in ints.
    boolean isLong = allocation.equals("MIXED_DATA_TYPES") || allocation.equals("LONG_SHAPE");
    return new Header(isLong ? data.readLong() : data.readInt(), data.readUTF());
  }
}
