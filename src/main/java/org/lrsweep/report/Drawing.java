package org.lrsweep.report;

import java.awt.Graphics2D;

/** A part of a figure. */
@FunctionalInterface
interface Drawing {
  Drawing BLANK = (graphics, width, height) -> {};

  /** Draws into the rectangle from (0, 0) to (width, height). */
  void paint(Graphics2D graphics, int width, int height);
}
