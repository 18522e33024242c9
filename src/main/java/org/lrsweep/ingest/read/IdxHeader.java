package org.lrsweep.ingest.read;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import org.lrsweep.data.InvalidDataException;

/**
 * What an idx file says of itself.
 *
 * @param type of its elements: 8 unsigned byte, 9 signed byte, 11 short, 12 int, 13 float, 14
 *     double, all big-endian
 * @param dimensions the first is the number of examples
 * @see <a href="http://yann.lecun.com/exdb/mnist/">the format's description</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
record IdxHeader(int type, int[] dimensions) implements Serializable {

  /** Reads the first bytes of a file. */
  static IdxHeader read(String file, DataInputStream in) throws IOException {
    try {
      int magic = in.readInt();
      int type = magic >> 8;
      int rank = magic & 0xff;
      if (type < 8 || type > 14 || type == 10 || rank < 1) {
        throw new InvalidDataException(
            "%s is no idx file: expected a magic number as 0x00000803, found 0x%s; replace it"
                .formatted(file, Integer.toHexString(magic)));
      }
      int[] dimensions = new int[rank];
      long size = 1;
      for (int i = 0; i < rank; i++) {
        dimensions[i] = in.readInt();
        size = i == 0 ? 1 : Math.multiplyExact(size, dimensions[i]);
        if (dimensions[i] < 1 || size > Integer.MAX_VALUE / 8) {
          throw new InvalidDataException(
              "%s has a dimension of %s in its header; replace it".formatted(file, dimensions[i]));
        }
      }
      return new IdxHeader(type, dimensions);
    } catch (EOFException | ArithmeticException e) {
      throw new InvalidDataException(
          file + " is truncated or damaged in its header; replace it with an intact copy", e);
    }
  }

  int examples() {
    return dimensions[0];
  }

  /** Where the elements begin. */
  int bytes() {
    return Integer.BYTES * (1 + dimensions.length);
  }

  /** Elements of one example. */
  int elements() {
    return Arrays.stream(dimensions).skip(1).reduce(1, (a, b) -> a * b);
  }

  int elementBytes() {
    return switch (type) {
      case 8, 9 -> 1;
      case 11 -> 2;
      case 14 -> 8;
      default -> 4;
    };
  }

  /** Whether examples are images: bytes [examples, height, width] or [.., channels, .., ..]. */
  boolean holdsImages() {
    return type == 8 && (dimensions.length == 3 || dimensions.length == 4);
  }

  double element(DataInputStream in) throws IOException {
    return switch (type) {
      case 8 -> in.readUnsignedByte();
      case 9 -> in.readByte();
      case 11 -> in.readShort();
      case 12 -> in.readInt();
      case 13 -> in.readFloat();
      default -> in.readDouble();
    };
  }
}
