package org.lrsweep.curve;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.lrsweep.curve.LossWindows.Window;
import org.lrsweep.curve.UnimodalFit.Span;

/**
 * The shape of a curve: a flat start, a fall to a floor, a rise.
 *
 * <p>The start is the median of the flat part, the floor the median of the valley around the lowest
 * window. A {@link UnimodalFit} to the losses tells where the fall begins and where the rise does.
 */
final class LossShape {

  /**
   * Losses this many sigma beyond the start count as no worse: an explosion is a rise, no more. The
   * sigma is the larger one of the start's and the valley's: cut off by the noise of a quiet start,
   * a noisy valley would be a single level.
   */
  private static final double CLIP_SIGMAS = 3;

  /** The part of the drop by which a level counts as the floor's, when the floor is measured. */
  private static final double FLOOR_PART = 0.05;

  /**
   * The lowest window of a noisy valley is up to so many standard errors too low, which may be more
   * than the part above. Where it is more than the part below, no valley can be told from the fall.
   */
  private static final double FLOOR_ERRORS = 3;

  /** A valley is noisy if its noise is more than so many times the start's. */
  private static final double NOISY_VALLEY = 2;

  /** The part of the drop by which a point counts as the valley's, when its noise is measured. */
  private static final double VALLEY_PART = 0.1;

  /** The first guess of the flat part, as a divisor of all points; then what is measured. */
  private static final int FIRST_FLAT = 10;

  /** However early the loss falls, the start is the median of at least all points over this. */
  private static final int FEWEST_FLAT = 50;

  /** From fewer differences the noise may come out near 0 by chance. */
  private static final int NOISE_POINTS = 20;

  private static final int FEWEST_POINTS = 7;

  /** Its square is still a double. */
  private static final double HUGE = 0x1p300;

  private static final double EARLY_FALL_PART = 0.06;
  private static final double EARLY_FALL_ERRORS = 4;

  private static final double VALLEY_DEPTH = 0.5;
  private static final double VALLEY_ERRORS = 6;

  /** Start and floor depend on the fit and the fit on them; more rounds change nothing. */
  private static final int ROUNDS = 3;

  private final double[] logLr;

  /** The losses over a power of two, so that their squares are neither 0 nor infinite. */
  private final double[] loss;

  private final int exponent;
  private final List<Window> windows;
  private final Window lowestWindow;
  private final double windowSpread;
  private double start;
  private double floor;
  private int flatPoints;
  private double startNoise;
  private double valleyNoise;
  private UnimodalFit fit;

  /**
   * Reads the shape.
   *
   * @param logLr decimal logarithms, increasing
   * @param losses finite, as many, at least 20
   */
  LossShape(double[] logLr, double[] losses) {
    this.logLr = logLr;
    exponent = exponent(LossWindows.of(logLr, losses), losses);
    loss = Arrays.stream(losses).map(value -> scaled(value, -exponent)).toArray();
    windows = LossWindows.of(logLr, loss);
    lowestWindow = windows.stream().min(Comparator.comparingDouble(Window::median)).orElseThrow();
    floor = lowestWindow.median();
    int fewestFlat = Math.max(FEWEST_POINTS + 1, loss.length / FEWEST_FLAT);
    flatPoints = Math.max(fewestFlat, loss.length / FIRST_FLAT);
    int fewestNoise = Math.max(NOISE_POINTS, flatPoints);
    for (int round = 0; round < ROUNDS; round++) {
      start = Robust.median(loss, 0, flatPoints);
      startNoise = Robust.noise(loss, 0, Math.max(flatPoints, fewestNoise));
      valleyNoise = round == 0 ? startNoise : valleyNoise();
      fit = UnimodalFit.of(clipped());
      floor = valleyMedian();
      flatPoints = Math.max(fewestFlat, onset(FLOOR_PART * drop()) + 1);
    }
    double[] levels =
        windows.stream().filter(w -> w.centre() < flatPoints).mapToDouble(Window::median).toArray();
    windowSpread = Robust.spread(levels, 0, levels.length);
    valleyNoise = valleyNoise();
  }

  /** Of the levels between which the loss falls, and of its noise. */
  private static int exponent(List<Window> windows, double[] losses) {
    double lowest = windows.stream().mapToDouble(Window::median).min().orElseThrow();
    double noise = Robust.noise(losses, 0, Math.max(FEWEST_POINTS, losses.length / FIRST_FLAT));
    double size = Math.max(Math.abs(windows.get(0).median()), Math.max(Math.abs(lowest), noise));
    return size == 0 ? 0 : Math.getExponent(size);
  }

  /** What is far beyond all levels is an explosion, however far. */
  private static double scaled(double value, int exponent) {
    return Math.max(-HUGE, Math.min(HUGE, Math.scalb(value, exponent)));
  }

  private double[] clipped() {
    double margin = CLIP_SIGMAS * valleyNoise;
    double[] clipped = new double[loss.length];
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] = Math.min(Math.max(loss[i], floor - margin), Math.max(start, floor) + margin);
    }
    return clipped;
  }

  private double valleyMedian() {
    double lowest = lowestWindow.median();
    double margin = FLOOR_PART * (start - lowest);
    double bias = FLOOR_ERRORS * windowError();
    if (valleyNoise > NOISY_VALLEY * startNoise && bias < VALLEY_PART * (start - lowest)) {
      margin = Math.max(margin, bias);
      if (fit.valley(lowest + margin).points() < 2 * lowestWindow.points()) {
        margin *= 2;
      }
    }
    Span valley = fit.valley(lowest + margin);
    return valley.points() < lowestWindow.points()
        ? lowest
        : Robust.median(loss, valley.from(), valley.to());
  }

  /** The level before the fall. */
  double start() {
    return Math.scalb(start, exponent);
  }

  /** The lowest level. */
  double floor() {
    return Math.scalb(floor, exponent);
  }

  /** The standard deviation of single losses before the fall. */
  double startNoise() {
    return Math.scalb(startNoise, exponent);
  }

  /** Whether the floor is more than so many standard errors below the start. */
  boolean falls(double errors) {
    return drop() > errors * dropError();
  }

  /** From the start to the floor; negative if the loss only rises. */
  private double drop() {
    return start - floor;
  }

  /**
   * The standard error of the drop: what the noise of single losses makes of it, or what the levels
   * before the fall show, whichever is more (losses that were smoothed before hide the first).
   */
  private double dropError() {
    double expected =
        Robust.MEDIAN_ERROR
            * startNoise
            * Math.sqrt(1.0 / lowestWindow.points() + 1.0 / flatPoints);
    return Math.max(expected, windowSpread);
  }

  /**
   * The last point at which the loss is no more than a part of the drop below its start, or so many
   * standard errors of the drop if that is more; 0 if there is none.
   */
  int onset(double part, double errors) {
    return onset(Math.max(part * drop(), errors * dropError()));
  }

  /** Whether a part of the drop is less than so many of its standard errors. */
  boolean hidesOnset(double part, double errors) {
    return part * drop() < errors * dropError();
  }

  /**
   * Whether the loss falls from the first point on: between the first and the second quarter of the
   * way to half of its drop, where an even fall makes an eighth of the drop.
   */
  boolean beginsInFall() {
    int half = onset(drop() / 2);
    int quarter = firstAfter(half, 0.25);
    int end = firstAfter(half, 0.5);
    if (quarter == end) {
      return false;
    }
    double fall = Robust.median(loss, 0, quarter) - Robust.median(loss, quarter, end);
    double error =
        Robust.MEDIAN_ERROR * startNoise * Math.sqrt(1.0 / quarter + 1.0 / (end - quarter));
    return fall > Math.max(EARLY_FALL_PART * drop(), EARLY_FALL_ERRORS * error);
  }

  /** The first point after a part of the logarithmic way from the first point to another. */
  private int firstAfter(int point, double part) {
    double place = logLr[0] + part * (logLr[point] - logLr[0]);
    int first = 1;
    while (first < point && logLr[first] < place) {
      first++;
    }
    return first;
  }

  /**
   * The points at which the loss is back at its top between two valleys, from left to right. A
   * valley is what the loss falls into and rises out of by half of its drop.
   */
  List<Integer> ridges() {
    double least = Math.max(VALLEY_DEPTH * drop(), VALLEY_ERRORS * windowError());
    return least > 0 ? Ridges.of(windows, start, least) : List.of();
  }

  /** The standard error of a window's median. */
  private double windowError() {
    return Robust.MEDIAN_ERROR * valleyNoise / Math.sqrt(lowestWindow.points());
  }

  private int onset(double distance) {
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
    return (sum / count - floor) / (valleyNoise / Math.sqrt(count));
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

  /** The noise of the points near the floor, or of the start if that is more. */
  private double valleyNoise() {
    Span valley = fit.valley(floor + VALLEY_PART * drop());
    int from = Math.min(valley.from(), Math.max(0, fit.lowest() - FEWEST_POINTS / 2));
    int to = Math.max(valley.to(), Math.min(loss.length, fit.lowest() + FEWEST_POINTS / 2 + 1));
    return Math.max(Robust.noise(loss, from, to), startNoise);
  }
}
