package org.lrsweep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.input.BrokenInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.testing.TriedInput;

public class IdxReaderTest {

  private static final int MAX_EXAMPLES = 5;

  /** Two images of 2 x 3 pixels, written by hand from the format's description. */
  private static final byte[] IMAGES =
      bytes("00000803 00000002 00000002 00000003 000102030405 fafbfcfdfeff");

  private static final byte[] LABELS = bytes("00000801 00000002 03 00");

  private final IdxReader reader = new IdxReader(2, 3, 4);

  @Test
  void readsImagesAndLabels() {
    ImageSet set = reader.pair(images(IMAGES), labels(LABELS));

    assertThat(set.size()).isEqualTo(2);
    assertThat(set.rows()).isEqualTo(2);
    assertThat(set.cols()).isEqualTo(3);
    assertThat(set.label(0)).isEqualTo(3);
    assertThat(set.label(1)).isEqualTo(0);
    assertThat(set.pixels()).containsExactly(bytes("000102030405fafbfcfdfeff"));
  }

  @Test
  @TriedInput(input = "an idx file with or without gzip, whatever its name", gets = "is read")
  void readsGzippedFiles() {
    ImageSet set = reader.pair(images(gzip(IMAGES)), labels(gzip(LABELS)));

    assertThat(set.pixels()).containsExactly(bytes("000102030405fafbfcfdfeff"));
  }

  /** Expected value from sha256sum. */
  @Test
  void digestsTheUnpackedBytes() {
    String expected = "616d9949e90b5740001ec1986657e2c204e9d1052ef05393afcebd222bdc253a";

    assertThat(labels(LABELS).sha256()).isEqualTo(expected);
    assertThat(labels(gzip(LABELS)).sha256()).isEqualTo(expected);
  }

  @Test
  @TriedInput(
      input = "labels where images are expected; a login page in HTML",
      gets = "file is not an idx file of images: expected the magic number 0x00000803, found ...")
  void refusesAnotherMagicNumber() {
    refused(
        () -> images(LABELS),
        "file is not an idx file of images: expected the magic number 0x00000803, found 0x00000801; replace it with an intact copy");
    refused(
        () -> labels(bytes("3c68746d6c3e0a0a")),
        "file is not an idx file of labels: expected the magic number 0x00000801, found 0x3c68746d; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "an empty file",
      gets = "file is truncated: expected a header of 16 bytes, found 0; ...")
  void refusesAnEmptyFile() {
    refused(
        () -> images(new byte[0]),
        "file is truncated: expected a header of 16 bytes, found 0; replace it with an intact copy");
  }

  @Test
  void refusesATruncatedHeader() {
    refused(
        () -> images(Arrays.copyOf(IMAGES, 15)),
        "file is truncated: expected a header of 16 bytes, found 15; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "a file that ends too early",
      gets = "file is truncated: expected 12 bytes after its header, found 11; ...")
  void refusesATruncatedFile() {
    refused(
        () -> images(Arrays.copyOf(IMAGES, IMAGES.length - 1)),
        "file is truncated: expected 12 bytes after its header, found 11; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "a gzipped file cut off at any byte",
      gets = "file is truncated: expected a complete gzip stream, ...")
  void refusesATruncatedGzipStream() {
    byte[] packed = gzip(IMAGES);

    for (int length = 2; length < packed.length; length++) {
      byte[] truncated = Arrays.copyOf(packed, length);
      refused(
          () -> images(truncated),
          "file is truncated: expected a complete gzip stream, found its end too early; replace it with an intact copy");
    }
  }

  @Test
  @TriedInput(
      input = "a gzipped file with a changed byte",
      gets = "file is damaged: expected a valid gzip stream, found: Corrupt GZIP trailer; ...")
  void refusesADamagedGzipStream() {
    byte[] packed = gzip(IMAGES);
    packed[packed.length - 6] ^= 1;

    refused(
        () -> images(packed),
        "file is damaged: expected a valid gzip stream, found: Corrupt GZIP trailer; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "bytes after the end",
      gets = "file has trailing bytes: expected its end after 10 bytes; ...")
  void refusesTrailingBytes() {
    refused(
        () -> labels(Arrays.copyOf(LABELS, LABELS.length + 1)),
        "file has trailing bytes: expected its end after 10 bytes; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "images of another size",
      gets = "file must hold images of 28 x 28 pixels, found 2 x 3; ...")
  void refusesAnotherImageSize() {
    refused(
        () -> new IdxReader(28, 28, 10).readImages("file", stream(IMAGES), MAX_EXAMPLES),
        "file must hold images of 28 x 28 pixels, found 2 x 3; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "a label that is no class",
      gets = "file label 2 must be below 4, the number of classes, found 255; ...")
  void refusesALabelThatIsNoClass() {
    refused(
        () -> labels(bytes("00000801 00000003 03 00 ff")),
        "file label 2 must be below 4, the number of classes, found 255; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "a file of no examples",
      gets = "file must hold at least 1 and at most 5 examples, found 0 in its header; ...")
  void refusesNoExamples() {
    refused(
        () -> labels(bytes("00000801 00000000")),
        "file must hold at least 1 and at most 5 examples, found 0 in its header; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "a header that declares 4 billion examples",
      gets =
          "file must hold at least 1 and at most 5 examples, found 4294967295 in its header; ...")
  void refusesMoreExamplesThanExpectedBeforeReadingThem() {
    refused(
        () -> labels(bytes("00000801 ffffffff")),
        "file must hold at least 1 and at most 5 examples, found 4294967295 in its header; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "a gzip bomb",
      gets = "file has trailing bytes: ...; no more is unpacked than the header declares")
  void unpacksNoMoreOfAGzipBombThanItsHeaderDeclares() {
    byte[] bomb = Arrays.copyOf(LABELS, 64 << 20);
    CountingStream packed = new CountingStream(gzip(bomb));

    refused(
        () -> reader.readLabels("file", packed, MAX_EXAMPLES),
        "file has trailing bytes: expected its end after 10 bytes; replace it with an intact copy");
    assertThat(packed.closed).isTrue();
    assertThat(packed.available()).as("bytes that were left unread").isPositive();
  }

  @Test
  @TriedInput(
      input = "2 images and 1 label",
      gets = "images and labels must hold equally many examples, found 2 images and 1 labels; ...")
  void refusesImagesAndLabelsOfDifferentNumber() {
    IdxFile images = reader.readImages("images", stream(IMAGES), MAX_EXAMPLES);
    IdxFile labels =
        reader.readLabels("labels", stream(bytes("00000801 00000001 03")), MAX_EXAMPLES);

    refused(
        () -> reader.pair(images, labels),
        "images and labels must hold equally many examples, found 2 images and 1 labels; replace both with intact copies");
  }

  @Test
  void saysWhyAFileCannotBeRead() {
    InputStream failing = new BrokenInputStream(() -> new IOException("Input/output error"));

    refused(
        () -> reader.readImages("file", failing, MAX_EXAMPLES),
        "file cannot be read: java.io.IOException: Input/output error; check that it is readable and not damaged, or replace it");
  }

  @Test
  void writesWhatItReads() throws IOException {
    ImageSet set = reader.pair(images(IMAGES), labels(LABELS));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    IdxFile.ofImages("file", set).writeTo(out);
    IdxFile.ofLabels("file", set).writeTo(out);

    assertThat(out.toByteArray()).startsWith(IMAGES).endsWith(LABELS);
  }

  private IdxFile images(byte[] content) {
    return reader.readImages("file", stream(content), MAX_EXAMPLES);
  }

  private IdxFile labels(byte[] content) {
    return reader.readLabels("file", stream(content), MAX_EXAMPLES);
  }

  private static void refused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(InvalidDataException.class).hasMessage(message);
  }

  private static InputStream stream(byte[] content) {
    return new ByteArrayInputStream(content);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();

    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    return packed.toByteArray();
  }

  private static final class CountingStream extends ByteArrayInputStream {

    private boolean closed;

    CountingStream(byte[] content) {
      super(content);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
