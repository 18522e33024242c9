package org.lrsweep.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measured points as a tool left them, in any order, on their way to a curve: sorted by learning
 * rate, with one point at each.
 */
final class MeasuredPoints {

  private final double[] lr;
  private final double[] loss;
  private final double[] smoothed;
  private final double[] accuracy;
  private final List<String> remarks = new ArrayList<>();

  private MeasuredPoints(double[] lr, double[] loss, double[] smoothed, double[] accuracy) {
    this.lr = lr;
    this.loss = loss;
    this.smoothed = smoothed;
    this.accuracy = accuracy;
  }

  /**
   * @param lr finite, {@code >= 0}
   * @param loss one for each learning rate
   * @param smoothed one for each learning rate, or none at all
   * @param accuracy one for each learning rate, or none at all
   * @throws IllegalArgumentException naming the point that is wrong
   */
  static MeasuredPoints of(double[] lr, double[] loss, double[] smoothed, double[] accuracy) {
    requireOneForEach(lr, "a loss", loss);
    if (smoothed.length > 0) {
      requireOneForEach(lr, "a smoothed loss, or none,", smoothed);
    }
    if (accuracy.length > 0) {
      requireOneForEach(lr, "an accuracy, or none,", accuracy);
    }
    for (int i = 0; i < lr.length; i++) {
      if (!(lr[i] >= 0 && Double.isFinite(lr[i]))) {
        throw new IllegalArgumentException(
            "The learning rates of a curve must be finite and >= 0, found "
                + lr[i]
                + " at point "
                + i);
      }
    }
    return new MeasuredPoints(lr, loss, smoothed, accuracy);
  }

  private static void requireOneForEach(double[] lr, String what, double[] values) {
    if (values.length != lr.length) {
      throw new IllegalArgumentException(
          "A curve must have "
              + what
              + " for each of its "
              + lr.length
              + " learning rates, found "
              + values.length);
    }
  }

  Curve curve() {
    List<int[]> groups = groups();
    double[] losses = medians(groups, loss);
    return new Curve(
        groups.stream().mapToDouble(group -> lr[group[0]]).toArray(),
        losses,
        smoothed.length == 0 ? Smoothing.of(losses) : medians(groups, smoothed),
        medians(groups, accuracy),
        remarks);
  }

  /** The points at each learning rate above 0, sorted by it. */
  private List<int[]> groups() {
    int[] positive = IntStream.range(0, lr.length).filter(i -> lr[i] > 0).toArray();
    int[] sorted =
        Arrays.stream(positive)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> lr[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int moved =
        (int) IntStream.range(0, sorted.length).filter(i -> sorted[i] != positive[i]).count();
    List<int[]> groups = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= sorted.length; to++) {
      if (to == sorted.length || lr[sorted[to]] != lr[sorted[from]]) {
        groups.add(Arrays.copyOfRange(sorted, from, to));
        from = to;
      }
    }
    remark(lr.length - positive.length, moved, groups);
    return groups;
  }

  private void remark(int zeros, int moved, List<int[]> groups) {
    if (zeros > 0) {
      remarks.add(
          Reasons.text(
              "%s at learning rate 0 %s left out.", count(zeros), zeros == 1 ? "was" : "were"));
    }
    if (moved > 0) {
      remarks.add("The points were not in the order of their learning rates and have been sorted.");
    }
    long repeated = groups.stream().filter(group -> group.length > 1).count();
    if (repeated > 0) {
      int points = groups.stream().mapToInt(group -> group.length).sum();
      remarks.add(
          Reasons.text(
              "%d of %d learning rates %s more than once; of the losses at each the median was"
                  + " taken, which makes %d points of %d.",
              repeated, groups.size(), repeated == 1 ? "occurs" : "occur", groups.size(), points));
    }
  }

  private static String count(int points) {
    return points + (points == 1 ? " point" : " points");
  }

  /** Of what is a number at each learning rate; nothing of no values. */
  private static double[] medians(List<int[]> groups, double[] values) {
    return values.length == 0
        ? values
        : groups.stream().mapToDouble(group -> median(group, values)).toArray();
  }

  private static double median(int[] group, double[] values) {
    double[] numbers =
        Arrays.stream(group).mapToDouble(i -> values[i]).filter(v -> !Double.isNaN(v)).toArray();
    return numbers.length == 0 ? Double.NaN : Robust.median(numbers, 0, numbers.length);
  }
}
