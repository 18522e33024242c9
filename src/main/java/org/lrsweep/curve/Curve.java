package org.lrsweep.curve;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The loss against the learning rate: what a range test leaves and what the range methods read.
 *
 * <p>It may also have the accuracy of each step.
 *
 * <p>The learning rates are finite, {@code > 0} and strictly increasing. Losses may be NaN or
 * infinite: one that a finite loss follows is missing, those that none follows are an explosion
 * ({@link MissingLosses} tells them apart). Immutable and thread-safe.
 */
public final class Curve {

  private static final double[] NONE = {};

  private final double[] lr;
  private final double[] loss;
  private final double[] smoothedLoss;

  /** Of each point, or none at all. */
  private final double[] accuracy;

  private final List<String> remarks;

  /**
   * A curve of recorded values; the arrays are copied.
   *
   * @param lr finite, {@code > 0}, strictly increasing
   * @param loss one for each learning rate
   * @param smoothedLoss one for each learning rate
   * @throws IllegalArgumentException naming the point that is wrong
   */
  public Curve(double[] lr, double[] loss, double[] smoothedLoss) {
    this(lr, loss, smoothedLoss, NONE);
  }

  /**
   * A curve of recorded values with accuracies; the arrays are copied.
   *
   * @param lr finite, {@code > 0}, strictly increasing
   * @param loss one for each learning rate
   * @param smoothedLoss one for each learning rate
   * @param accuracy one for each learning rate, or none at all
   * @throws IllegalArgumentException naming the point that is wrong
   */
  public Curve(double[] lr, double[] loss, double[] smoothedLoss, double[] accuracy) {
    this(lr, loss, smoothedLoss, accuracy, List.of());
  }

  Curve(
      double[] lr, double[] loss, double[] smoothedLoss, double[] accuracy, List<String> remarks) {
    if (accuracy.length != 0 && accuracy.length != lr.length) {
      throw new IllegalArgumentException(
          "A curve must have an accuracy for each of its "
              + lr.length
              + " learning rates, or none, found "
              + accuracy.length);
    }
    if (lr.length != loss.length || lr.length != smoothedLoss.length) {
      throw new IllegalArgumentException(
          "A curve must have as many losses and smoothed losses as learning rates, found "
              + loss.length
              + " and "
              + smoothedLoss.length
              + " for "
              + lr.length);
    }
    double last = 0;
    for (int i = 0; i < lr.length; i++) {
      if (!(lr[i] > last && Double.isFinite(lr[i]))) {
        throw new IllegalArgumentException(
            "The learning rates of a curve must be finite, > 0 and strictly increasing, found "
                + lr[i]
                + " at point "
                + i
                + (i == 0 ? "" : " after " + last));
      }
      last = lr[i];
    }

    this.lr = lr.clone();
    this.loss = loss.clone();
    this.smoothedLoss = smoothedLoss.clone();
    this.accuracy = accuracy.clone();
    this.remarks = List.copyOf(remarks);
  }

  /**
   * A curve of losses that nobody has smoothed yet; smooths them as a range test does, with its
   * default beta.
   *
   * <p>The points may be in any order: they are sorted. Of points with the same learning rate the
   * medians are taken, and points at learning rate 0, as of a warm-up, are left out. {@link
   * #remarks()} tell what was done.
   *
   * @param lr finite, {@code >= 0}
   * @param loss one for each learning rate
   * @throws IllegalArgumentException naming the point that is wrong
   */
  public static Curve of(double[] lr, double[] loss) {
    return of(lr, loss, NONE);
  }

  /**
   * As {@link #of(double[], double[])}, with an accuracy for each learning rate.
   *
   * @param accuracy one for each learning rate, or none at all
   */
  public static Curve of(double[] lr, double[] loss, double[] accuracy) {
    return of(lr, loss, NONE, accuracy);
  }

  /**
   * As {@link #of(double[], double[])}, of losses that another tool has smoothed.
   *
   * @param smoothedLoss one for each learning rate; none at all: the losses are smoothed here
   * @param accuracy one for each learning rate, or none at all
   */
  public static Curve of(double[] lr, double[] loss, double[] smoothedLoss, double[] accuracy) {
    return MeasuredPoints.of(lr, loss, smoothedLoss, accuracy).curve();
  }

  /** How many points there are. */
  public int size() {
    return lr.length;
  }

  /** The learning rate of a point. */
  public double lr(int point) {
    return lr[point];
  }

  /** The loss of a point, as it was measured. */
  public double loss(int point) {
    return loss[point];
  }

  /** The smoothed loss of a point. */
  public double smoothedLoss(int point) {
    return smoothedLoss[point];
  }

  /** Whether the accuracies were measured; so they are if there is no point. */
  public boolean hasAccuracy() {
    return accuracy.length == lr.length;
  }

  /**
   * The accuracy of a point, as it was measured.
   *
   * @throws IllegalStateException if none was
   */
  public double accuracy(int point) {
    if (!hasAccuracy()) {
      throw new IllegalStateException("This curve has no accuracies");
    }
    return accuracy[point];
  }

  /** The accuracies as they were measured, as a copy; empty if none was. */
  public double[] accuracies() {
    return accuracy.clone();
  }

  /** The learning rates, as a copy. */
  public double[] lrs() {
    return lr.clone();
  }

  /** The losses as they were measured, as a copy. */
  public double[] losses() {
    return loss.clone();
  }

  /** The smoothed losses, as a copy. */
  public double[] smoothedLosses() {
    return smoothedLoss.clone();
  }

  /**
   * What was done to the points that were given, in sentences; nothing if they were a curve as they
   * stood.
   */
  public List<String> remarks() {
    return remarks;
  }

  /**
   * The points from one (inclusive) to another (exclusive); none if that range is empty. Bounds
   * beyond the curve's ends mean its ends.
   */
  public Curve between(int from, int to) {
    int start = Math.min(Math.max(from, 0), size());
    int end = Math.min(Math.max(to, start), size());
    return new Curve(
        Arrays.copyOfRange(lr, start, end),
        Arrays.copyOfRange(loss, start, end),
        Arrays.copyOfRange(smoothedLoss, start, end),
        hasAccuracy() ? Arrays.copyOfRange(accuracy, start, end) : NONE,
        remarks);
  }

  /** The points whose accuracy is finite. */
  Curve withAccuracy() {
    int[] points = IntStream.range(0, size()).filter(i -> Double.isFinite(accuracy(i))).toArray();
    return new Curve(
        at(points, lr), at(points, loss), at(points, smoothedLoss), at(points, accuracy), remarks);
  }

  static double[] at(int[] points, double[] values) {
    return Arrays.stream(points).mapToDouble(point -> values[point]).toArray();
  }

  /** The points before the first whose smoothed loss is NaN or infinite. */
  Curve beforeFirstNonFinite() {
    int end = 0;
    while (end < size() && Double.isFinite(smoothedLoss[end])) {
      end++;
    }
    return between(0, end);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Curve that
        && Arrays.equals(lr, that.lr)
        && Arrays.equals(loss, that.loss)
        && Arrays.equals(smoothedLoss, that.smoothedLoss)
        && Arrays.equals(accuracy, that.accuracy);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(lr) + Arrays.hashCode(loss)) + Arrays.hashCode(smoothedLoss);
  }

  @Override
  public String toString() {
    return size() == 0
        ? "Curve[no points]"
        : "Curve[" + size() + " points from " + lr[0] + " to " + lr[size() - 1] + "]";
  }
}
