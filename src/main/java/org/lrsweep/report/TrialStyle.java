package org.lrsweep.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;

/**
 * How a trial is drawn, by its rank: eight colours that colour-blind readers can tell apart, solid
 * for the first eight trials and dashed for the next, then grey.
 */
record TrialStyle(Color color, BasicStroke stroke) {
  /** Ranks that have a look of their own. */
  static final int DISTINCT = 16;

  static final Color REST = new Color(0xcf, 0xd4, 0xda);
  private static final List<Color> COLORS =
      List.of(
          new Color(0x00, 0x72, 0xb2),
          new Color(0xd5, 0x5e, 0x00),
          new Color(0x00, 0x9e, 0x73),
          new Color(0xcc, 0x79, 0xa7),
          new Color(0xe6, 0x9f, 0x00),
          new Color(0x56, 0xb4, 0xe9),
          new Color(0x7f, 0x3c, 0x8d),
          new Color(0x4d, 0x4d, 0x4d));

  /** The look of a 0-based rank. */
  static TrialStyle of(int rank) {
    if (rank >= DISTINCT) {
      return new TrialStyle(REST, PlotStyle.solid(1));
    }

    Color color = COLORS.get(rank % COLORS.size());
    return new TrialStyle(
        color, rank < COLORS.size() ? PlotStyle.solid(2.2f) : PlotStyle.dashed(2.2f));
  }
}
