package org.lrsweep.data.garments;

/**
 * A closed path of lines and curves around the origin, in pixels, x to the right and y downwards.
 * Each method goes on from the last point.
 */
final class Outline {

  private static final int MAX_POINTS = 128;
  private static final int CURVE_SEGMENTS = 6;

  private final double[] x = new double[MAX_POINTS];
  private final double[] y = new double[MAX_POINTS];
  private int points;

  static Outline from(double x, double y) {
    return new Outline().lineTo(x, y);
  }

  Outline lineTo(double toX, double toY) {
    x[points] = toX;
    y[points] = toY;
    points++;
    return this;
  }

  /** A quadratic Bezier curve. */
  Outline curveTo(double controlX, double controlY, double toX, double toY) {
    double fromX = x[points - 1];
    double fromY = y[points - 1];

    for (int i = 1; i <= CURVE_SEGMENTS; i++) {
      double t = (double) i / CURVE_SEGMENTS;
      double a = (1 - t) * (1 - t);
      double b = 2 * t * (1 - t);
      lineTo(a * fromX + b * controlX + t * t * toX, a * fromY + b * controlY + t * t * toY);
    }

    return this;
  }

  /** Goes back to the start along the mirror image, left of the y axis, of the path so far. */
  Outline mirrored() {
    for (int i = points - 1; i >= 0; i--) {
      lineTo(-x[i], y[i]);
    }

    return this;
  }

  /** The same outline on the other side of the y axis. */
  Outline flipped() {
    Outline flipped = new Outline();

    for (int i = 0; i < points; i++) {
      flipped.lineTo(-x[i], y[i]);
    }

    return flipped;
  }

  /** The outline of a stroke of the given width along this path, which is left open. */
  Outline stroked(double width) {
    Outline stroke = new Outline();

    for (int i = 0; i < points; i++) {
      stroke.addOffset(this, i, width / 2);
    }

    for (int i = points - 1; i >= 0; i--) {
      stroke.addOffset(this, i, -width / 2);
    }

    return stroke;
  }

  private void addOffset(Outline path, int i, double offset) {
    int before = Math.max(i - 1, 0);
    int after = Math.min(i + 1, path.points - 1);
    double dx = path.x[after] - path.x[before];
    double dy = path.y[after] - path.y[before];
    double length = Math.sqrt(dx * dx + dy * dy);
    lineTo(path.x[i] - offset * dy / length, path.y[i] + offset * dx / length);
  }

  void fill(Raster raster, Placement placement, double shade) {
    double[] placedX = new double[points];
    double[] placedY = new double[points];

    for (int i = 0; i < points; i++) {
      placedX[i] = placement.x(x[i], y[i]);
      placedY[i] = placement.y(x[i], y[i]);
    }

    raster.fill(placedX, placedY, points, shade);
  }

  /**
   * Where an outline's origin and axes go on the canvas.
   *
   * @param centreX the origin's column
   * @param centreY the origin's row
   * @param scaleX the stretch along x
   * @param scaleY the stretch along y
   * @param lean how far x moves with each y, and y against each x: a small rotation
   */
  record Placement(double centreX, double centreY, double scaleX, double scaleY, double lean) {

    double x(double x, double y) {
      return centreX + scaleX * x + lean * y;
    }

    double y(double x, double y) {
      return centreY + scaleY * y - lean * x;
    }
  }
}
