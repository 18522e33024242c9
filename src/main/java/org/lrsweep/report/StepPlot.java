package org.lrsweep.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lrsweep.report.Panel.Axis;
import org.lrsweep.terminal.Numbers;

/** Learning rate and momentum by step, one panel each. */
final class StepPlot {
  private static final Color LINE = new Color(0x00, 0x72, 0xb2);
  private static final int MOST_POINTS = 4000;
  private static final int ROW_HEIGHT = 320;

  private StepPlot() {}

  /** The figure of a schedule; without a momentum if that is empty. */
  static Figure of(String name, double[] lr, double[] momentum) {
    List<List<Drawing>> rows = new ArrayList<>();
    rows.add(List.of(panel("learning rate", lr)));
    if (momentum.length > 0) {
      rows.add(List.of(panel("momentum", momentum)));
    }
    return new Figure(
        "Schedule", name + ", " + Numbers.count(lr.length) + " steps", rows, ROW_HEIGHT, List.of());
  }

  private static Panel panel(String title, double[] values) {
    double highest = Arrays.stream(values).max().orElse(1);
    double top = highest > 0 ? 1.04 * highest : 1;
    Panel panel =
        new Panel(
            "",
            new Axis("step", 0, values.length, Numbers::plain),
            new Axis(title, 0, top, highest >= 1e-3 ? Numbers::plain : Numbers::rate));
    int stride = Math.max(1, values.length / MOST_POINTS);
    int[] steps = IntStream.range(0, values.length).filter(i -> i % stride == 0).toArray();
    panel.addLine(
        Arrays.stream(steps).asDoubleStream().toArray(),
        Arrays.stream(steps).mapToDouble(i -> values[i]).toArray(),
        LINE,
        PlotStyle.solid(2.2f));
    return panel;
  }
}
