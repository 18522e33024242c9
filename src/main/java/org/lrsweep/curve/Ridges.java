package org.lrsweep.curve;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.curve.LossWindows.Window;

/** The tops between the valleys of a curve that falls more than once. */
final class Ridges {

  private Ridges() {}

  /**
   * The points of the tops, from left to right, one fewer than there are valleys.
   *
   * @param windows of the losses
   * @param ceiling what is above it counts as it: an explosion has no valleys
   * @param least how deep a fall or a rise must be to count, {@code > 0}
   */
  static List<Integer> of(List<Window> windows, double ceiling, double least) {
    List<Integer> ridges = new ArrayList<>();
    boolean inValley = false;
    boolean fell = false;
    int top = 0;
    double extreme = Double.NEGATIVE_INFINITY;
    for (Window window : windows) {
      double level = Math.min(window.median(), ceiling);
      if (inValley ? level < extreme : level > extreme) {
        extreme = level;
        top = window.centre();
      } else if (Math.abs(level - extreme) >= least) {
        if (!inValley && fell) {
          ridges.add(top);
        }
        fell = true;
        inValley = !inValley;
        extreme = level;
        top = window.centre();
      }
    }
    return ridges;
  }
}
