package org.lrsweep.curve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.BOMInputStream;

/** The characters of a curve's file. */
final class CurveText {

  private CurveText() {}

  /**
   * The text of some bytes, in UTF-8 where no byte order mark says otherwise, with lines that end
   * with a line feed. What is no UTF-8 becomes a replacement character: it may be in a column that
   * nobody reads.
   *
   * @throws CurveFileException if it is no text
   */
  static String of(byte[] bytes, String name) throws IOException {
    try (BOMInputStream in =
        BOMInputStream.builder()
            .setInputStream(new ByteArrayInputStream(bytes))
            .setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
            .get()) {
      Charset charset =
          in.hasBOM() ? Charset.forName(in.getBOMCharsetName()) : StandardCharsets.UTF_8;
      String text = new String(IOUtils.toByteArray(in), charset);
      if (text.indexOf('\0') >= 0) {
        throw new CurveFileException(
            name
                + " must be text, in UTF-8 or in UTF-16 with a byte order mark, or Parquet; found a"
                + " byte that is 0");
      }
      return text.replace("\r\n", "\n").replace('\r', '\n');
    }
  }
}
