package org.lrsweep.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;

/** How all plots look. */
final class PlotStyle {
  static final Color INK = new Color(0x22, 0x26, 0x2b);
  static final Color FAINT_INK = new Color(0x5b, 0x63, 0x6d);
  static final Font LEGEND_FONT = font(Font.PLAIN, 14);
  static final int MARKER_SIZE = 11;

  private PlotStyle() {}

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  static BasicStroke solid(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static BasicStroke dashed(float width) {
    float[] dashes = {7, 5};
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
  }
}
