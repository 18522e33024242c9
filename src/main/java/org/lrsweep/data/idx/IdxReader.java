package org.lrsweep.data.idx;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.InvalidDataException;

/**
 * Reads idx files of images and labels, gzipped or not (told by their first bytes).
 *
 * <p>A file that is not exactly what its header says is refused with an {@link
 * InvalidDataException}. Memory is bounded by the bytes that are there and by what the header may
 * declare, so neither a lying header nor a gzip bomb costs more than the largest set that is
 * expected. Immutable and thread safe.
 */
public final class IdxReader {

  private static final String MEND = "; replace it with an intact copy";
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int BUFFER_SIZE = 1 << 14;

  private final int rows;
  private final int cols;
  private final int classes;

  /** A reader of images of rows x cols and of labels below classes. */
  public IdxReader(int rows, int cols, int classes) {
    this.rows = rows;
    this.cols = cols;
    this.classes = classes;
  }

  /** Reads images, at least 1 and at most maxExamples, and closes the stream. */
  public IdxFile readImages(String name, InputStream in, int maxExamples) {
    return read(name, in, maxExamples, IdxFile.IMAGES_MAGIC);
  }

  /** Reads labels, at least 1 and at most maxExamples, and closes the stream. */
  public IdxFile readLabels(String name, InputStream in, int maxExamples) {
    IdxFile file = read(name, in, maxExamples, IdxFile.LABELS_MAGIC);
    byte[] labels = file.content();

    for (int i = 0; i < labels.length; i++) {
      int label = Byte.toUnsignedInt(labels[i]);

      if (label >= classes) {
        throw invalid(
            name,
            "label %s must be below %s, the number of classes, found %s"
                .formatted(i, classes, label));
      }
    }

    return file;
  }

  /** Puts images and their labels together. */
  public ImageSet pair(IdxFile images, IdxFile labels) {
    if (images.examples() != labels.examples()) {
      throw new InvalidDataException(
          "%s and %s must hold equally many examples, found %s images and %s labels; replace both with intact copies"
              .formatted(images.name(), labels.name(), images.examples(), labels.examples()));
    }

    return new ImageSet(rows, cols, images.content(), labels.content());
  }

  private IdxFile read(String name, InputStream in, int maxExamples, int magic) {
    try (InputStream bytes = unpacked(in)) {
      byte[] header = readHeader(name, bytes, maxExamples, magic);
      int expected = contentSize(header, magic);
      byte[] content = bytes.readNBytes(expected);

      if (content.length < expected) {
        throw invalid(
            name,
            "is truncated: expected %s bytes after its header, found %s"
                .formatted(expected, content.length));
      }

      if (bytes.read() >= 0) {
        throw invalid(
            name,
            "has trailing bytes: expected its end after %s bytes"
                .formatted(header.length + expected));
      }

      return new IdxFile(name, header, content);
    } catch (EOFException e) {
      throw new InvalidDataException(
          name + " is truncated: expected a complete gzip stream, found its end too early" + MEND,
          e);
    } catch (ZipException e) {
      throw new InvalidDataException(
          name + " is damaged: expected a valid gzip stream, found: " + e.getMessage() + MEND, e);
    } catch (IOException e) {
      throw new InvalidDataException(
          name
              + " cannot be read: "
              + e
              + "; check that it is readable and not damaged, or replace it",
          e);
    }
  }

  private byte[] readHeader(String name, InputStream bytes, int maxExamples, int magic)
      throws IOException {
    int size = magic == IdxFile.IMAGES_MAGIC ? 4 * Integer.BYTES : 2 * Integer.BYTES;
    byte[] header = bytes.readNBytes(size);
    ByteBuffer fields = ByteBuffer.wrap(header);

    if (header.length >= Integer.BYTES && fields.getInt() != magic) {
      throw invalid(
          name,
          String.format(
              Locale.ROOT,
              "is not an idx file of %s: expected the magic number 0x%08x, found 0x%08x",
              magic == IdxFile.IMAGES_MAGIC ? "images" : "labels",
              magic,
              fields.getInt(0)));
    }

    if (header.length < size) {
      throw invalid(
          name,
          "is truncated: expected a header of %s bytes, found %s".formatted(size, header.length));
    }

    long examples = Integer.toUnsignedLong(fields.getInt());

    if (examples < 1 || examples > maxExamples) {
      throw invalid(
          name,
          "must hold at least 1 and at most %s examples, found %s in its header"
              .formatted(maxExamples, examples));
    }

    if (magic == IdxFile.IMAGES_MAGIC) {
      checkImageSize(name, fields);
    }

    return header;
  }

  private void checkImageSize(String name, ByteBuffer fields) {
    long foundRows = Integer.toUnsignedLong(fields.getInt());
    long foundCols = Integer.toUnsignedLong(fields.getInt());

    if (foundRows != rows || foundCols != cols) {
      throw invalid(
          name,
          "must hold images of %s x %s pixels, found %s x %s"
              .formatted(rows, cols, foundRows, foundCols));
    }
  }

  private int contentSize(byte[] header, int magic) {
    int examples = ByteBuffer.wrap(header).getInt(Integer.BYTES);
    return magic == IdxFile.IMAGES_MAGIC
        ? Math.toIntExact((long) examples * rows * cols)
        : examples;
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(in, BUFFER_SIZE);

    try {
      bytes.mark(2);
      int first = bytes.read() << 8 | bytes.read();
      bytes.reset();
      return first == GZIP_MAGIC ? new GZIPInputStream(bytes, BUFFER_SIZE) : bytes;
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static InvalidDataException invalid(String name, String problem) {
    return new InvalidDataException(name + " " + problem + MEND);
  }
}
