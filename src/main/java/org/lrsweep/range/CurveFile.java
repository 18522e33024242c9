package org.lrsweep.range;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Curves of any tool: a CSV or Parquet file with the columns {@code lr} and {@code loss}, in order
 * of growing learning rate. With a column {@code smoothed_loss} the smoothing is the tool's own,
 * without it is that of {@link Curve#of(double[], double[])}. A column {@code accuracy} is read
 * too. Other columns are left alone.
 *
 * <p>In CSV the first line that is not empty and does not begin with {@code #} names the columns;
 * they are separated by commas and may be quoted. NaN and infinite losses are written as {@code
 * NaN}, {@code inf} or {@code Infinity}, in any case; an empty cell is a NaN.
 */
public final class CurveFile {

  private static final byte[] PARQUET_MAGIC = {'P', 'A', 'R', '1'};

  private CurveFile() {}

  /**
   * Reads a curve. Whether it is Parquet is seen from the file's first bytes, not from its name. Of
   * a folder, such as Spark writes, all parts are read in the order of their names.
   *
   * @throws CurveFileException if the file cannot be read, has no such columns, no rows, or values
   *     that make no curve
   */
  public static Curve read(Path file) {
    CurveColumns columns = new CurveColumns(file);
    try {
      for (Path part : parts(file)) {
        if (isParquet(part)) {
          ParquetCurve.read(part, columns);
        } else {
          CsvCurve.read(part, columns);
        }
      }
    } catch (IOException e) {
      throw new CurveFileException(
          file + " cannot be read as a curve, CSV or Parquet with columns lr and loss: " + e, e);
    }
    return columns.toCurve();
  }

  /** Spark marks what is no part with an underscore or a dot. */
  private static List<Path> parts(Path file) throws IOException {
    if (!Files.isDirectory(file)) {
      return List.of(file);
    }
    try (Stream<Path> files = Files.list(file)) {
      return files
          .filter(part -> !part.getFileName().toString().matches("[._].*"))
          .sorted()
          .toList();
    }
  }

  private static boolean isParquet(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(PARQUET_MAGIC.length), PARQUET_MAGIC);
    }
  }

  /** The rows of a file, while it is read. */
  static final class CurveColumns {

    private final Path file;
    private double[] lr = new double[1024];
    private double[] loss = new double[1024];
    private double[] smoothed = new double[1024];
    private double[] accuracy = new double[1024];
    private boolean isSmoothed = true;
    private boolean hasAccuracy = true;
    private int size;

    CurveColumns(Path file) {
      this.file = file;
    }

    void add(double rate, double measured, OptionalDouble smooth, OptionalDouble right) {
      if (size == lr.length) {
        lr = Arrays.copyOf(lr, 2 * size);
        loss = Arrays.copyOf(loss, 2 * size);
        smoothed = Arrays.copyOf(smoothed, 2 * size);
        accuracy = Arrays.copyOf(accuracy, 2 * size);
      }
      lr[size] = rate;
      loss[size] = measured;
      smoothed[size] = smooth.orElse(Double.NaN);
      isSmoothed &= smooth.isPresent();
      accuracy[size] = right.orElse(Double.NaN);
      hasAccuracy &= right.isPresent();
      size++;
    }

    CurveFileException problem(String what) {
      return new CurveFileException(file + " " + what);
    }

    Curve toCurve() {
      if (size == 0) {
        throw problem("has no rows; a curve needs at least one with lr and loss");
      }
      double[] rates = Arrays.copyOf(lr, size);
      double[] losses = Arrays.copyOf(loss, size);
      double[] accuracies = hasAccuracy ? Arrays.copyOf(accuracy, size) : new double[0];
      try {
        return isSmoothed
            ? new Curve(rates, losses, Arrays.copyOf(smoothed, size), accuracies)
            : Curve.of(rates, losses, accuracies);
      } catch (IllegalArgumentException e) {
        throw new CurveFileException(file + " is no curve. " + e.getMessage(), e);
      }
    }
  }
}
