package org.lrsweep.results;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** How good a network's answers are: what trials are ranked by, and what is told beside it. */
public enum Metric {
  /**
   * The share of answers that are right, 0 to 1; of several labels for an example, the mean over
   * the labels.
   */
  ACCURACY("accuracy", true, true),
  /**
   * F1 of the answers to all labels together, 0 to 1: 2 TP / (2 TP + FP + FN); 0 if nothing was
   * right.
   */
  MICRO_F1("micro-F1", true, true),
  /** The root of the mean squared error; of several targets the mean of theirs. */
  RMSE("RMSE", false, false),
  /** The mean absolute error; of several targets the mean of theirs. */
  MAE("MAE", false, false),
  /**
   * The coefficient of determination, at most 1: the part of the targets' variance that the
   * predictions account for; of several targets the mean of theirs.
   */
  R2("R2", true, false);

  private final String title;
  private final boolean higherBetter;
  private final boolean fraction;

  Metric(String title, boolean higherBetter, boolean fraction) {
    this.title = title;
    this.higherBetter = higherBetter;
    this.fraction = fraction;
  }

  /** The name in the tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name on pages and plots. */
  public String title() {
    return title;
  }

  /** Whether it is a part of all, 0 to 1. */
  public boolean isFraction() {
    return fraction;
  }

  /** Values from the best to the worst; NaN is the worst. */
  public Comparator<Double> bestFirst() {
    Comparator<Double> ascending = Comparator.naturalOrder();
    return Comparator.<Double, Boolean>comparing(value -> value.isNaN())
        .thenComparing(higherBetter ? ascending.reversed() : ascending);
  }

  /** Whether higher values are better. */
  public boolean isHigherBetter() {
    return higherBetter;
  }

  /** Whether a value is better than another. */
  public boolean isBetter(double one, double other) {
    return bestFirst().compare(one, other) < 0;
  }

  /**
   * The metric of a name in the tables; of none, as in tables of older versions, the accuracy.
   *
   * @throws IllegalArgumentException if no metric has the name
   */
  public static Metric of(String label) {
    return label == null
        ? ACCURACY
        : Arrays.stream(values())
            .filter(metric -> metric.label().equals(label))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "metric must be one of "
                            + Arrays.stream(values())
                                .map(Metric::label)
                                .collect(Collectors.joining(", "))
                            + ", found "
                            + label));
  }
}
