package org.lrsweep.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture for print and for README files: a title, rows of panels, and one legend below them all,
 * so that it hides nothing.
 *
 * @param rows the parts; those of a row share its width evenly
 * @param rowHeight height of a row in logical pixels; the picture is drawn at twice the size
 */
record Figure(
    String title,
    String subtitle,
    List<List<Drawing>> rows,
    int rowHeight,
    List<LegendEntry> legend) {
  static final int WIDTH = 1200;
  private static final int SCALE = 2;
  private static final int MARGIN = 24;
  private static final int TITLE_HEIGHT = 64;
  private static final int LEGEND_ROW = 26;
  private static final int SYMBOL_WIDTH = 44;
  private static final int GAP = 28;

  void writePng(OutputStream out) throws IOException {
    if (!ImageIO.write(draw(), "png", out)) {
      throw new IOException("this Java runtime can't write PNG pictures");
    }
  }

  BufferedImage draw() {
    int columns = legendColumns();
    int legendRows = (legend.size() + columns - 1) / columns;
    int height = TITLE_HEIGHT + rows.size() * rowHeight + legendRows * LEGEND_ROW + MARGIN;
    // A byte a channel, as the PNG writer wants it: it unpacks an int a pixel at several times the
    // cost.
    BufferedImage image =
        new BufferedImage(WIDTH * SCALE, height * SCALE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();

    try {
      prepare(graphics);
      graphics.scale(SCALE, SCALE);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, WIDTH, height);
      drawTitle(graphics);
      drawPanels(graphics);
      drawLegend(graphics, TITLE_HEIGHT + rows.size() * rowHeight, columns);
    } finally {
      graphics.dispose();
    }

    return image;
  }

  private static void prepare(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  private void drawTitle(Graphics2D graphics) {
    graphics.setColor(PlotStyle.INK);
    graphics.setFont(PlotStyle.font(Font.BOLD, 20));
    graphics.drawString(title, MARGIN, 32);
    graphics.setColor(PlotStyle.FAINT_INK);
    graphics.setFont(PlotStyle.font(Font.PLAIN, 14));
    graphics.drawString(subtitle, MARGIN, 54);
  }

  private void drawPanels(Graphics2D graphics) {
    for (int row = 0; row < rows.size(); row++) {
      List<Drawing> panels = rows.get(row);
      int width = WIDTH / panels.size();

      for (int column = 0; column < panels.size(); column++) {
        Graphics2D place =
            (Graphics2D)
                graphics.create(column * width, TITLE_HEIGHT + row * rowHeight, width, rowHeight);
        panels.get(column).paint(place, width, rowHeight);
        place.dispose();
      }
    }
  }

  private void drawLegend(Graphics2D graphics, int top, int columns) {
    graphics.setFont(PlotStyle.LEGEND_FONT);
    int rowCount = (legend.size() + columns - 1) / columns;
    int columnWidth = (WIDTH - 2 * MARGIN) / columns;

    for (int i = 0; i < legend.size(); i++) {
      LegendEntry entry = legend.get(i);
      int x = MARGIN + i / rowCount * columnWidth;
      int middle = top + i % rowCount * LEGEND_ROW + LEGEND_ROW / 2;
      entry.symbol().draw(graphics, x, middle, SYMBOL_WIDTH - 12);
      graphics.setColor(PlotStyle.INK);
      graphics.drawString(entry.label(), x + SYMBOL_WIDTH, middle + 5);
    }
  }

  /** As many as fit without a label touching the next symbol. */
  private int legendColumns() {
    BufferedImage scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scratch.createGraphics();
    FontMetrics metrics = graphics.getFontMetrics(PlotStyle.LEGEND_FONT);
    graphics.dispose();
    int widest =
        legend.stream().mapToInt(entry -> metrics.stringWidth(entry.label())).max().orElse(0);
    int fitting = (WIDTH - 2 * MARGIN) / (widest + SYMBOL_WIDTH + GAP);
    return Math.max(1, Math.min(fitting, Math.max(1, legend.size())));
  }
}
