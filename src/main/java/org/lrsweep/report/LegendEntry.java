package org.lrsweep.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import org.knowm.xchart.style.markers.Marker;

/** A line of a figure's legend. */
record LegendEntry(String label, Symbol symbol) {
  static LegendEntry line(String label, Color color, BasicStroke stroke) {
    return new LegendEntry(
        label,
        (graphics, x, middle, width) -> {
          graphics.setColor(color);
          graphics.setStroke(stroke);
          graphics.drawLine(x, middle, x + width, middle);
        });
  }

  static LegendEntry marker(String label, Color color, Marker marker) {
    return new LegendEntry(
        label,
        (graphics, x, middle, width) -> {
          graphics.setColor(color);
          marker.paint(graphics, x + width / 2.0, middle, PlotStyle.MARKER_SIZE);
        });
  }

  static LegendEntry area(String label, Color color) {
    return new LegendEntry(
        label,
        (graphics, x, middle, width) -> {
          graphics.setColor(color);
          graphics.fillRect(x, middle - 8, width, 16);
        });
  }

  /** What stands before the label. */
  @FunctionalInterface
  interface Symbol {
    /** Draws from x on, so wide, around a middle line. */
    void draw(Graphics2D graphics, int x, int middle, int width);
  }
}
