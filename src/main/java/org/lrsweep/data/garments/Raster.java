package org.lrsweep.data.garments;

import java.util.Arrays;

/**
 * A small grey canvas that fills polygons with antialiased edges. Plain arithmetic only, so that
 * the same drawing has the same bits on every JVM.
 */
final class Raster {

  /** Each row is sampled this often; across, the coverage is exact. */
  private static final int SCANLINES_PER_ROW = 4;

  private final int rows;
  private final int cols;
  private final double[] shade;
  private final double[] coverage;
  private final double[] crossings = new double[128];

  Raster(int rows, int cols) {
    this.rows = rows;
    this.cols = cols;
    this.shade = new double[rows * cols];
    this.coverage = new double[rows * cols];
  }

  int rows() {
    return rows;
  }

  int cols() {
    return cols;
  }

  /** The pixels' shades [rows, cols], for reading and changing; 0 is the empty canvas. */
  double[] shade() {
    return shade;
  }

  void clear() {
    Arrays.fill(shade, 0);
  }

  /**
   * Fills the polygon through the points (x[i], y[i]) by the even-odd rule, in pixels from the
   * upper left corner.
   */
  void fill(double[] x, double[] y, int points, double fillShade) {
    Arrays.fill(coverage, 0);
    double top = rows;
    double bottom = 0;

    for (int i = 0; i < points; i++) {
      top = Math.min(top, y[i]);
      bottom = Math.max(bottom, y[i]);
    }

    int firstRow = (int) Math.max(top, 0);
    int endRow = (int) Math.ceil(Math.min(bottom, rows));

    for (int line = firstRow * SCANLINES_PER_ROW; line < endRow * SCANLINES_PER_ROW; line++) {
      int found = cross(x, y, points, (line + 0.5) / SCANLINES_PER_ROW);
      Arrays.sort(crossings, 0, found);

      for (int i = 0; i + 1 < found; i += 2) {
        cover(line / SCANLINES_PER_ROW, crossings[i], crossings[i + 1]);
      }
    }

    for (int i = firstRow * cols; i < endRow * cols; i++) {
      shade[i] += coverage[i] * (fillShade - shade[i]);
    }
  }

  private int cross(double[] x, double[] y, int points, double at) {
    int found = 0;

    for (int i = 0; i < points; i++) {
      int next = i + 1 == points ? 0 : i + 1;

      if ((y[i] <= at) != (y[next] <= at)) {
        crossings[found++] = x[i] + (at - y[i]) / (y[next] - y[i]) * (x[next] - x[i]);
      }
    }

    return found;
  }

  private void cover(int row, double from, double to) {
    double left = Math.max(from, 0);
    double right = Math.min(to, cols);

    for (int col = (int) left; col < right; col++) {
      double covered = Math.min(right, col + 1.0) - Math.max(left, col);
      coverage[row * cols + col] += covered / SCANLINES_PER_ROW;
    }
  }
}
