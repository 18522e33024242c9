package org.lrsweep.report;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.terminal.Numbers;

/**
 * The axis of the learning rates of a range test: logarithmic, or linear where the rates grew by
 * the same amount in each step.
 *
 * @param title what it shows
 * @param place where a learning rate is on the axis
 * @param label the text at a place on the axis
 */
record LrAxis(String title, DoubleUnaryOperator place, Function<Double, String> label) {
  private static final LrAxis LINEAR =
      new LrAxis("learning rate", DoubleUnaryOperator.identity(), Numbers::rate);
  private static final LrAxis LOGARITHMIC =
      new LrAxis("learning rate (log scale)", Math::log10, exponent -> "1e" + Math.round(exponent));

  /** The axis on which the steps are evenly spaced. */
  static LrAxis of(List<FinderStepRow> steps) {
    if (steps.size() < 3) {
      return LOGARITHMIC;
    }
    double first = steps.get(0).lr();
    double last = steps.get(steps.size() - 1).lr();
    int middle = steps.size() / 2;
    double part = (double) middle / (steps.size() - 1);
    double linear = first + (last - first) * part;
    double logarithmic = first * Math.pow(last / first, part);
    double found = steps.get(middle).lr();
    return Math.abs(found - linear) < Math.abs(found - logarithmic) ? LINEAR : LOGARITHMIC;
  }

  boolean isLinear() {
    return equals(LINEAR);
  }

  /** With room for half a marker at either end. */
  Panel.Axis from(double lowestLr, double highestLr) {
    double margin = 0.015 * (at(highestLr) - at(lowestLr));
    return new Panel.Axis(title, at(lowestLr) - margin, at(highestLr) + margin, label);
  }

  double at(double lr) {
    return place.applyAsDouble(lr);
  }
}
