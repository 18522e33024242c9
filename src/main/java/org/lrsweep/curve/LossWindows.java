package org.lrsweep.curve;

import java.util.ArrayList;
import java.util.List;

/**
 * The medians of the losses in overlapping windows along the logarithm of the learning rate.
 *
 * <p>A window is 0.3 decades (a factor of 2) wide: within that a loss changes little, and a test of
 * some thousand points has dozens of points in it. Where it would hold fewer than seven, the fewest
 * for which three outliers leave the median alone, it is wider.
 */
final class LossWindows {

  private static final double DECADES = 0.3;
  private static final double DISTANCE = DECADES / 4;
  private static final int FEWEST_POINTS = 7;

  /** Keeps points that lie on a window's edge on the same side when all rates are scaled. */
  private static final double EDGE = 1e-9;

  /**
   * A window.
   *
   * @param centre the index of the point in its middle
   * @param points how many points it has
   * @param median the median of their losses
   */
  record Window(int centre, int points, double median) {}

  private LossWindows() {}

  /** The windows from left to right. At least one point. */
  static List<Window> of(double[] logLr, double[] loss) {
    List<Window> windows = new ArrayList<>();
    double next = Double.NEGATIVE_INFINITY;
    int from = 0;
    int to = 0;
    for (int centre = 0; centre < loss.length; centre++) {
      if (logLr[centre] < next - EDGE) {
        continue;
      }
      next = logLr[centre] + DISTANCE;
      while (logLr[from] < logLr[centre] - DECADES / 2 - EDGE) {
        from++;
      }
      while (to < loss.length && logLr[to] <= logLr[centre] + DECADES / 2 + EDGE) {
        to++;
      }
      windows.add(window(loss, centre, from, to));
    }
    return windows;
  }

  private static Window window(double[] loss, int centre, int from, int to) {
    int start = from;
    int end = to;
    while (end - start < Math.min(FEWEST_POINTS, loss.length)) {
      start = Math.max(0, start - 1);
      end = Math.min(loss.length, end + 1);
    }
    return new Window(centre, end - start, Robust.median(loss, start, end));
  }
}
