package org.lrsweep.curve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;

/**
 * Curves of any tool: a CSV, JSON or Parquet file with a column of learning rates and one of
 * losses.
 *
 * <p>Columns are found by the names that tools give them, in any case: {@code lr}, {@code lrs},
 * {@code learning_rate}, {@code Learning rate}, {@code train/lr}, {@code lr-Adam}; {@code loss},
 * {@code losses}, {@code train_loss}, {@code training_loss}, {@code batch_loss}; and for the
 * accuracy, which may be missing, {@code accuracy}, {@code acc} and {@code train_accuracy}. Weights
 * &amp; Biases' {@code run-1 - lr} is {@code lr}. A column {@code lr}, {@code loss} or {@code
 * accuracy}, written just so, is taken before all others; where several may be meant the file is
 * refused, and {@link CurveColumns} says which. With a column {@code smoothed_loss} the smoothing
 * is the tool's own, without it is that of {@link Curve#of(double[], double[])}. Other columns are
 * left alone.
 *
 * <p>Rows with neither learning rate nor loss are left out, and accuracies in per cent become
 * fractions, which {@link CurveReading#taken} says. Rows in any order, at learning rate 0 or at the
 * same learning rate are treated as {@link Curve#of(double[], double[])} does, which {@link
 * Curve#remarks} say.
 *
 * <p>CSV is separated by tabs, semicolons, commas, bars or blanks, whichever of these comes first
 * in this list and is in the first line. That line names the columns; it may be a comment ({@code #
 * lr,loss}) where the next line is all numbers. Other lines that begin with {@code #} are left out.
 * Numbers may have decimal commas, but no thousands separators. A missing value is an empty cell,
 * {@code NaN}, {@code NA}, {@code None} or {@code null}; infinity is {@code inf} or {@code
 * Infinity}; all in any case. The text is UTF-8, or UTF-16 with a byte order mark.
 *
 * <p>JSON is an object of arrays ({@code {"lr": [...], "loss": [...]}}), an array of objects, an
 * object a line, or pandas' {@code columns} and {@code split} forms.
 */
public final class CurveFile {

  private static final byte[] PARQUET_MAGIC = {'P', 'A', 'R', '1'};

  private CurveFile() {}

  /**
   * Reads a curve whose columns have names that are known.
   *
   * @throws CurveFileException as {@link #read(Path, CurveColumns)}
   */
  public static Curve read(Path file) {
    return read(file, CurveColumns.GUESSED).curve();
  }

  /**
   * Reads a curve. What the file is, is seen from its first bytes, not from its name. It may be a
   * pipe. Of a folder, such as Spark writes, all parts are read in the order of their names.
   *
   * @throws CurveFileException if the file cannot be read, has no such columns or several that may
   *     be meant, has no rows, or values that make no curve
   */
  public static CurveReading read(Path file, CurveColumns columns) {
    String name = file.toString();
    try {
      if (!Files.isDirectory(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          return read(in, name, columns);
        }
      }
      CurveTable table = null;
      for (Path part : parts(file)) {
        String partName = String.valueOf(part.getFileName());
        CurveTable rows = table(Files.readAllBytes(part), name, " of " + partName);
        table = table == null ? rows : table.and(rows, partName);
      }
      if (table == null) {
        throw new CurveFileException(name + " is a folder without files; a curve needs one");
      }
      return CurvePoints.of(table, columns);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Reads a curve from a stream to its end.
   *
   * @param name what messages call the stream
   * @throws CurveFileException as {@link #read(Path, CurveColumns)}
   */
  public static CurveReading read(InputStream in, String name, CurveColumns columns) {
    try {
      return CurvePoints.of(table(IOUtils.toByteArray(in), name, ""), columns);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static CurveFileException unreadable(String name, IOException e) {
    return new CurveFileException(
        name + " cannot be read as a curve, CSV or Parquet or JSON with columns lr and loss: " + e,
        e);
  }

  /** Spark marks what is no part with an underscore or a dot, and leaves empty parts. */
  private static List<Path> parts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(part -> !part.getFileName().toString().matches("[._].*"))
          .filter(part -> part.toFile().length() > 0)
          .sorted()
          .toList();
    }
  }

  /**
   * The table of some bytes.
   *
   * @param part what follows the place of a row in messages
   */
  private static CurveTable table(byte[] bytes, String name, String part) throws IOException {
    if (Arrays.equals(Arrays.copyOf(bytes, PARQUET_MAGIC.length), PARQUET_MAGIC)) {
      return ParquetCurve.read(bytes, name, part);
    }
    String text = CurveText.of(bytes, name);
    boolean json = text.stripLeading().matches("(?s)[\\[{].*");
    return json ? JsonCurve.read(text, name, part) : new CsvCurve(text, name, part).read();
  }
}
