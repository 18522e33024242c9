package org.lrsweep.data.idx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.lrsweep.data.ImageSet;
import org.lrsweep.storage.Sha256;

/**
 * An idx file of unsigned bytes in memory: a magic number, the dimensions (big-endian ints), the
 * bytes.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">the format's description</a>
 */
public final class IdxFile {

  /** Unsigned bytes in one dimension. */
  static final int LABELS_MAGIC = 0x0801;

  /** Unsigned bytes in three dimensions. */
  static final int IMAGES_MAGIC = 0x0803;

  private final String name;
  private final byte[] header;
  private final byte[] content;

  /** Keeps the arrays. */
  IdxFile(String name, byte[] header, byte[] content) {
    this.name = name;
    this.header = header;
    this.content = content;
  }

  public static IdxFile ofImages(String name, ImageSet images) {
    byte[] header =
        ByteBuffer.allocate(4 * Integer.BYTES)
            .putInt(IMAGES_MAGIC)
            .putInt(images.size())
            .putInt(images.rows())
            .putInt(images.cols())
            .array();
    return new IdxFile(name, header, images.pixels());
  }

  public static IdxFile ofLabels(String name, ImageSet images) {
    byte[] header =
        ByteBuffer.allocate(2 * Integer.BYTES).putInt(LABELS_MAGIC).putInt(images.size()).array();
    return new IdxFile(name, header, images.labels());
  }

  /** The file that it was read from, or is to be written to. */
  public String name() {
    return name;
  }

  /** The number of images or labels. */
  int examples() {
    return ByteBuffer.wrap(header).getInt(Integer.BYTES);
  }

  /** The bytes after the header, not to be written to. */
  byte[] content() {
    return content;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(header);
    out.write(content);
  }

  /** The SHA-256 of the unpacked file, in hexadecimal. */
  public String sha256() {
    return sha256(List.of(this));
  }

  /** The SHA-256 of the unpacked files, one after the other, in hexadecimal. */
  public static String sha256(List<IdxFile> files) {
    MessageDigest digest = Sha256.digest();
    for (IdxFile file : files) {
      digest.update(file.header);
      digest.update(file.content);
    }
    return Sha256.hex(digest);
  }
}
