package org.lrsweep.ingest.preview;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * The examples of a preview in a picture. Of images, a column each: above as they were read, below
 * as the first epoch trains on them. Of other numbers, a line each, with a cell for each number,
 * the brighter the higher it is among those of its column.
 */
public final class PreviewPicture {
  /** What small images are enlarged to at least, in pixels. */
  private static final int LEAST = 64;

  private static final int GAP = 4;
  private static final int BACKGROUND = 0xffffff;
  private static final int MOST_COLUMNS = 2048;

  private final Preview preview;

  public PreviewPicture(Preview preview) {
    this.preview = preview;
  }

  /** Writes it as PNG. */
  public void writeTo(OutputStream out) throws IOException {
    ImageIO.write(preview.shape().length == 3 ? images() : cells(), "png", out);
  }

  private BufferedImage images() {
    List<ShownExample> examples = preview.examples();
    int[] shape = preview.shape();
    // Channels that are no colours are shown side by side, one below the other.
    int planes = shape[0] == 1 || shape[0] == 3 ? 1 : shape[0];
    int factor = Math.max(1, LEAST / Math.min(shape[1], shape[2]));
    int height = planes * shape[1] * factor;
    int width = shape[2] * factor;
    BufferedImage picture = blank(examples.size() * (width + GAP) + GAP, 2 * (height + GAP) + GAP);
    for (int i = 0; i < examples.size(); i++) {
      int left = GAP + i * (width + GAP);
      image(picture, left, GAP, factor, examples.get(i).read());
      image(picture, left, 2 * GAP + height, factor, examples.get(i).trained());
    }
    return picture;
  }

  private void image(BufferedImage picture, int left, int top, int factor, float[] values) {
    int[] shape = preview.shape();
    int plane = shape[1] * shape[2];
    boolean colours = shape[0] == 3;
    for (int i = 0; i < (colours ? plane : values.length); i++) {
      int red = level(values[i], preview.black(), preview.white());
      int green = colours ? level(values[plane + i], preview.black(), preview.white()) : red;
      int blue = colours ? level(values[2 * plane + i], preview.black(), preview.white()) : red;
      int x = left + i % shape[2] * factor;
      int y = top + i / shape[2] * factor;
      fill(picture, x, y, factor, factor, red << 16 | green << 8 | blue);
    }
  }

  private BufferedImage cells() {
    List<ShownExample> examples = preview.examples();
    int columns = Math.min(MOST_COLUMNS, preview.shape()[0]);
    int width = Math.max(1, Math.min(LEAST / 4, MOST_COLUMNS / columns));
    BufferedImage picture = blank(columns * width, examples.size() * LEAST / 4);
    for (int column = 0; column < columns; column++) {
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (ShownExample example : examples) {
        min = Math.min(min, example.read()[column]);
        max = Math.max(max, example.read()[column]);
      }
      for (int i = 0; i < examples.size(); i++) {
        int level = level(examples.get(i).read()[column], min, max);
        fill(picture, column * width, i * LEAST / 4, width, LEAST / 4, level * 0x010101);
      }
    }
    return picture;
  }

  private static BufferedImage blank(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    fill(picture, 0, 0, width, height, BACKGROUND);
    return picture;
  }

  private static void fill(
      BufferedImage picture, int left, int top, int width, int height, int colour) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        picture.setRGB(x, y, colour);
      }
    }
  }

  /** Of what is all the same, black. */
  private static int level(double value, double min, double max) {
    double part = max > min ? (value - min) / (max - min) : 0;
    return (int) Math.round(255 * Math.max(0, Math.min(1, part)));
  }
}
