package org.lrsweep.range;

import java.util.Comparator;
import java.util.List;
import org.lrsweep.range.LossWindows.Window;

/**
 * The shape of a curve: a flat start, a fall to a floor, a rise.
 *
 * <p>The start is the median of the flat part, the floor the median of the valley around the lowest
 * window. A {@link UnimodalFit} to the losses tells where the fall begins and where the rise does.
 */
final class LossShape {

  /** Losses this many sigma beyond the start count as no worse: an explosion is a rise, no more. */
  private static final double CLIP_SIGMAS = 3;

  /** The part of the drop by which a level counts as the floor's, when the floor is measured. */
  private static final double FLOOR_PART = 0.05;

  /** The part of the drop by which a point counts as the valley's, when its noise is measured. */
  private static final double VALLEY_PART = 0.1;

  /** The first guess of the flat part, as a divisor of all points; then what is measured. */
  private static final int FIRST_FLAT = 10;

  /** However early the loss falls, the start is the median of at least all points over this. */
  private static final int FEWEST_FLAT = 50;

  /** From fewer differences the noise may come out near 0 by chance. */
  private static final int NOISE_POINTS = 20;

  private static final int FEWEST_POINTS = 7;

  /** Start and floor depend on the fit and the fit on them; more rounds change nothing. */
  private static final int ROUNDS = 3;

  private final double[] loss;
  private final List<Window> windows;
  private final Window lowestWindow;
  private final double windowSpread;
  private double start;
  private double floor;
  private int flatPoints;
  private double startNoise;
  private UnimodalFit fit;

  /**
   * Reads the shape.
   *
   * @param logLr decimal logarithms, increasing
   * @param loss finite, as many, at least 20
   */
  LossShape(double[] logLr, double[] loss) {
    this.loss = loss;
    windows = LossWindows.of(logLr, loss);
    lowestWindow = windows.stream().min(Comparator.comparingDouble(Window::median)).orElseThrow();
    floor = lowestWindow.median();
    int fewestFlat = Math.max(FEWEST_POINTS + 1, loss.length / FEWEST_FLAT);
    flatPoints = Math.max(fewestFlat, loss.length / FIRST_FLAT);
    int fewestNoise = Math.max(NOISE_POINTS, flatPoints);
    for (int round = 0; round < ROUNDS; round++) {
      start = Robust.median(loss, 0, flatPoints);
      startNoise = Robust.noise(loss, 0, Math.max(flatPoints, fewestNoise));
      fit = UnimodalFit.of(clipped());
      floor = valleyMedian();
      flatPoints = Math.max(fewestFlat, onset(FLOOR_PART * drop()) + 1);
    }
    double[] levels =
        windows.stream().filter(w -> w.centre() < flatPoints).mapToDouble(Window::median).toArray();
    windowSpread = Robust.spread(levels, 0, levels.length);
  }

  private double[] clipped() {
    double margin = CLIP_SIGMAS * startNoise;
    double[] clipped = new double[loss.length];
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] = Math.min(Math.max(loss[i], floor - margin), Math.max(start, floor) + margin);
    }
    return clipped;
  }

  private double valleyMedian() {
    double threshold = lowestWindow.median() + FLOOR_PART * (start - lowestWindow.median());
    int from = fit.lowest();
    int to = fit.lowest() + 1;
    while (from > 0 && fit.level(from - 1) <= threshold) {
      from--;
    }
    while (to < loss.length && fit.level(to) <= threshold) {
      to++;
    }
    return to - from < lowestWindow.points()
        ? lowestWindow.median()
        : Robust.median(loss, from, to);
  }

  /** The level before the fall. */
  double start() {
    return start;
  }

  /** The lowest level. */
  double floor() {
    return floor;
  }

  /** From the start to the floor; negative if the loss only rises. */
  double drop() {
    return start - floor;
  }

  /** The standard deviation of single losses before the fall. */
  double startNoise() {
    return startNoise;
  }

  /**
   * The standard error of the drop: what the noise of single losses makes of it, or what the levels
   * before the fall show, whichever is more (losses that were smoothed before hide the first).
   */
  double dropError() {
    double expected =
        Robust.MEDIAN_ERROR
            * startNoise
            * Math.sqrt(1.0 / lowestWindow.points() + 1.0 / flatPoints);
    return Math.max(expected, windowSpread);
  }

  /** The last point at which the loss is no more than a distance below its start; 0 if none is. */
  int onset(double distance) {
    int onset = 0;
    while (onset < fit.lowest() && fit.level(onset + 1) >= start - distance) {
      onset++;
    }
    return onset;
  }

  /** The first point at which the loss is no more than a part of the drop above its floor. */
  int arrival(double part) {
    int arrival = 0;
    while (arrival < fit.lowest() && fit.level(arrival) > floor + part * drop()) {
      arrival++;
    }
    return arrival;
  }

  /** The last point at which the loss is no more than a part of the drop above its floor. */
  int turn(double part) {
    int turn = loss.length - 1;
    while (turn > fit.lowest() && fit.level(turn) > floor + part * drop()) {
      turn--;
    }
    return turn;
  }

  /**
   * By how many standard errors the mean of the points after one is above the floor; 0 if there is
   * none after it.
   */
  double riseAfter(int point) {
    int count = loss.length - 1 - point;
    if (count == 0) {
      return 0;
    }
    double[] clipped = clipped();
    double sum = 0;
    for (int i = point + 1; i < loss.length; i++) {
      sum += clipped[i];
    }
    return (sum / count - floor) / (valleyNoise() / Math.sqrt(count));
  }

  /**
   * Whether at least a window's worth of points comes after one and lies, by its median, above the
   * middle of the drop. A valley of a few wild points has too much noise to be told by errors.
   */
  boolean staysHighAfter(int point) {
    int count = loss.length - 1 - point;
    return count >= lowestWindow.points()
        && Robust.median(loss, point + 1, loss.length) > floor + drop() / 2;
  }

  private double valleyNoise() {
    double threshold = floor + VALLEY_PART * drop();
    int from = Math.max(0, fit.lowest() - FEWEST_POINTS / 2);
    int to = Math.min(loss.length, fit.lowest() + FEWEST_POINTS / 2 + 1);
    while (from > 0 && fit.level(from - 1) <= threshold) {
      from--;
    }
    while (to < loss.length && fit.level(to) <= threshold) {
      to++;
    }
    return Math.max(Robust.noise(loss, from, to), startNoise);
  }
}
