package org.lrsweep.data.garments;

import java.util.Arrays;
import java.util.List;
import org.lrsweep.data.SplitMix64;
import org.lrsweep.data.idx.FashionMnist;

/** Ten prototypes of garments, each a few boxes, and how one is drawn: stretched and shifted. */
final class Silhouettes {
  private static final int ROWS = FashionMnist.ROWS;
  private static final int COLS = FashionMnist.COLS;
  private static final double STRETCH = 0.25;
  private static final double SHIFT = 3;

  /**
   * A box of one shade.
   *
   * @param left of the first column
   * @param top of the first row
   * @param shade 0 is black, 1 is white; a later box lies over an earlier one
   */
  private record Box(int left, int top, int width, int height, double shade) {}

  /** In the order of {@link FashionMnist#CLASS_NAMES}. */
  private static final List<List<Box>> PROTOTYPES =
      List.of(
          List.of(box(8, 5, 12, 18, 0.8), box(4, 5, 20, 6, 0.7)),
          List.of(box(9, 3, 10, 6, 0.8), box(9, 8, 4, 17, 0.7), box(15, 8, 4, 17, 0.7)),
          List.of(box(8, 5, 12, 18, 0.8), box(3, 6, 4, 17, 0.7), box(21, 6, 4, 17, 0.7)),
          List.of(box(11, 3, 6, 9, 0.8), box(9, 11, 10, 7, 0.8), box(7, 18, 14, 7, 0.7)),
          List.of(
              box(8, 4, 12, 21, 0.8),
              box(3, 5, 4, 17, 0.7),
              box(21, 5, 4, 17, 0.7),
              box(13, 4, 2, 21, 0.4)),
          List.of(
              box(3, 20, 22, 3, 0.8),
              box(5, 14, 3, 6, 0.6),
              box(12, 13, 3, 7, 0.6),
              box(19, 16, 3, 4, 0.6)),
          List.of(
              box(8, 5, 12, 19, 0.8),
              box(4, 5, 4, 12, 0.7),
              box(20, 5, 4, 12, 0.7),
              box(13, 5, 1, 19, 0.5)),
          List.of(box(3, 17, 22, 6, 0.7), box(3, 12, 10, 6, 0.8), box(3, 22, 22, 2, 0.4)),
          List.of(box(5, 12, 18, 12, 0.8), box(9, 6, 10, 6, 0.7), box(11, 8, 6, 4, 0)),
          List.of(box(9, 4, 9, 18, 0.8), box(9, 16, 16, 7, 0.7), box(9, 22, 16, 2, 0.4)));

  private Silhouettes() {}

  private static Box box(int left, int top, int width, int height, double shade) {
    return new Box(left, top, width, height, shade);
  }

  /** Shades [28, 28] of a garment of a class, of a size and at a place that are drawn. */
  static double[] draw(int label, SplitMix64 random) {
    double[] shades = new double[ROWS * COLS];
    double across = random.between(1 - STRETCH, 1 + STRETCH);
    double down = random.between(1 - STRETCH, 1 + STRETCH);
    double right = random.between(-SHIFT, SHIFT) + COLS / 2.0;
    double low = random.between(-SHIFT, SHIFT) + ROWS / 2.0;

    for (Box box : PROTOTYPES.get(label)) {
      int left = inside((box.left() - COLS / 2) * across + right, COLS);
      int end = inside((box.left() + box.width() - COLS / 2) * across + right, COLS);
      int bottom = inside((box.top() + box.height() - ROWS / 2) * down + low, ROWS);

      for (int row = inside((box.top() - ROWS / 2) * down + low, ROWS); row < bottom; row++) {
        Arrays.fill(shades, row * COLS + left, row * COLS + end, box.shade());
      }
    }

    return shades;
  }

  private static int inside(double position, int size) {
    return (int) Math.max(0, Math.min(size, Math.round(position)));
  }
}
