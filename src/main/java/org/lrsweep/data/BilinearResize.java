package org.lrsweep.data;

/**
 * Resizes unsigned-byte images as OpenCV's {@code resize} with {@code INTER_LINEAR} does, to the
 * last bit: half-pixel centres, weights in 11-bit fixed point, and OpenCV's rounding.
 *
 * <p>The one exception is shrinking both sides to exactly half, where OpenCV takes the mean of four
 * pixels instead.
 *
 * @see <a
 *     href="https://github.com/opencv/opencv/blob/4.6.0/modules/imgproc/src/resize.cpp">OpenCV's
 *     HResizeLinear and VResizeLinear</a>
 */
public final class BilinearResize {

  /** OpenCV's INTER_RESIZE_COEF_SCALE. */
  private static final int ONE = 1 << 11;

  private final int fromRows;
  private final int fromCols;
  private final Taps vertical;
  private final Taps horizontal;

  /** Resizes images [fromRows, fromCols] to [toRows, toCols]. */
  BilinearResize(int fromRows, int fromCols, int toRows, int toCols) {
    this.fromRows = fromRows;
    this.fromCols = fromCols;
    this.vertical = Taps.of(fromRows, toRows);
    this.horizontal = Taps.of(fromCols, toCols).endingAtEdges(fromCols);
  }

  /**
   * Resizes an image of several channels.
   *
   * @param planes unsigned bytes [channels, fromRows, fromCols]
   * @param channels at least 1
   * @return unsigned bytes [channels, toRows, toCols]; the same array if the size is the same
   */
  public static byte[] resize(
      byte[] planes, int channels, int fromRows, int fromCols, int toRows, int toCols) {
    if (fromRows == toRows && fromCols == toCols) {
      return planes;
    }

    BilinearResize resize = new BilinearResize(fromRows, fromCols, toRows, toCols);
    byte[] resized = new byte[channels * toRows * toCols];

    for (int channel = 0; channel < channels; channel++) {
      resize.resize(planes, channel * fromRows * fromCols, resized, channel * toRows * toCols);
    }

    return resized;
  }

  /** Resizes one image: unsigned bytes [fromRows, fromCols] to [toRows, toCols]. */
  void resize(byte[] from, int fromOffset, byte[] to, int toOffset) {
    int toCols = horizontal.size();
    int[] stretched = stretchRows(from, fromOffset);

    for (int row = 0; row < vertical.size(); row++) {
      int upper = clamp(vertical.first[row], fromRows) * toCols;
      int lower = clamp(vertical.first[row] + 1, fromRows) * toCols;
      int lowerWeight = vertical.secondWeight[row];
      int upperWeight = ONE - lowerWeight;

      for (int col = 0; col < toCols; col++) {
        int above = (upperWeight * (stretched[upper + col] >> 4)) >> 16;
        int below = (lowerWeight * (stretched[lower + col] >> 4)) >> 16;
        to[toOffset + row * toCols + col] = (byte) ((above + below + 2) >> 2);
      }
    }
  }

  /** Fixed-point values [fromRows, toCols]. */
  private int[] stretchRows(byte[] from, int fromOffset) {
    int toCols = horizontal.size();
    int[] stretched = new int[fromRows * toCols];

    for (int row = 0; row < fromRows; row++) {
      int start = fromOffset + row * fromCols;

      for (int col = 0; col < toCols; col++) {
        int left = horizontal.first[col];
        int right = Math.min(left + 1, fromCols - 1);
        int rightWeight = horizontal.secondWeight[col];
        stretched[row * toCols + col] =
            Byte.toUnsignedInt(from[start + left]) * (ONE - rightWeight)
                + Byte.toUnsignedInt(from[start + right]) * rightWeight;
      }
    }

    return stretched;
  }

  private static int clamp(int index, int size) {
    return Math.max(0, Math.min(index, size - 1));
  }

  /**
   * For each new position: the first of the two old ones, maybe outside, and the other's weight.
   */
  private static final class Taps {

    private final int[] first;
    private final int[] secondWeight;

    private Taps(int size) {
      this.first = new int[size];
      this.secondWeight = new int[size];
    }

    static Taps of(int from, int to) {
      Taps taps = new Taps(to);
      double scale = 1 / ((double) to / from);

      for (int i = 0; i < to; i++) {
        float position = (float) ((i + 0.5) * scale - 0.5);
        int first = (int) Math.floor(position);
        taps.first[i] = first;
        taps.secondWeight[i] = (int) Math.rint((position - first) * ONE);
      }

      return taps;
    }

    /** OpenCV rounds differently along a row: beyond an edge, all weight is the edge pixel's. */
    Taps endingAtEdges(int from) {
      for (int i = 0; i < first.length; i++) {
        if (first[i] < 0 || first[i] >= from - 1) {
          first[i] = clamp(first[i], from);
          secondWeight[i] = 0;
        }
      }

      return this;
    }

    int size() {
      return first.length;
    }
  }
}
