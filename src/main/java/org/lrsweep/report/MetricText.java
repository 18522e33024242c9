package org.lrsweep.report;

import org.lrsweep.results.Metric;
import org.lrsweep.terminal.Numbers;

/** Values of metrics as people read them. */
public final class MetricText {
  private MetricText() {}

  /** A fraction as a percentage, another number to five digits; a dash for null. */
  public static String of(Metric metric, Double value) {
    return metric.isFraction() ? Numbers.percent(value) : Numbers.measure(value);
  }
}
