package org.lrsweep.data;

import org.lrsweep.data.Augmentation.Motion;

/**
 * Applies motions to images of one size. As the shift is the same for the whole image, it splits
 * into one blend of two rows and one of two columns. Not thread safe: it reuses its buffers.
 */
final class ImageMover {

  private static final float[] SCALED = new float[256];

  static {
    for (int i = 0; i < SCALED.length; i++) {
      SCALED[i] = i / 255f;
    }
  }

  private final int rows;
  private final int cols;
  private final float[] image;
  private final float[] blendedRow;

  ImageMover(int rows, int cols) {
    this.rows = rows;
    this.cols = cols;
    this.image = new float[rows * cols];
    this.blendedRow = new float[3 * cols + 1];
  }

  /**
   * Moves an image.
   *
   * @param from unsigned bytes [rows, cols] from fromOffset on
   * @param to values from 0 to 1 [rows, cols] from toOffset on
   */
  void move(byte[] from, int fromOffset, Motion motion, float[] to, int toOffset) {
    for (int i = 0; i < image.length; i++) {
      image[i] = SCALED[Byte.toUnsignedInt(from[fromOffset + i])];
    }

    moveLoaded(motion, to, toOffset);
  }

  /**
   * Moves an image of values that are scaled already.
   *
   * @param from values [rows, cols] from fromOffset on
   * @param to values [rows, cols] from toOffset on; another array
   */
  void move(float[] from, int fromOffset, Motion motion, float[] to, int toOffset) {
    System.arraycopy(from, fromOffset, image, 0, image.length);
    moveLoaded(motion, to, toOffset);
  }

  private void moveLoaded(Motion motion, float[] to, int toOffset) {
    if (motion.cropRows() != 0 || motion.cropCols() != 0) {
      crop(motion.cropRows(), motion.cropCols());
    }

    int down = (int) Math.floor(motion.rows());
    float lowerWeight = (float) (motion.rows() - down);
    int across = (int) Math.floor(motion.cols());
    float rightWeight = (float) (motion.cols() - across);

    for (int row = 0; row < rows; row++) {
      blendRows(clamp(row + down), clamp(row + down + 1), lowerWeight);
      int start = toOffset + row * cols;
      blendCols(across, rightWeight, to, start);

      if (motion.flipped()) {
        reverse(to, start);
      }
    }
  }

  /** Cuts out a window that lies lower and further right; what is outside of the image is 0. */
  private void crop(int down, int across) {
    float[] whole = image.clone();

    for (int row = 0; row < rows; row++) {
      for (int col = 0; col < cols; col++) {
        int fromRow = row + down;
        int fromCol = col + across;
        boolean inside = fromRow >= 0 && fromRow < rows && fromCol >= 0 && fromCol < cols;
        image[row * cols + col] = inside ? whole[fromRow * cols + fromCol] : 0;
      }
    }
  }

  /**
   * Fills the middle third of the buffer with the row, and the rest with its first and last pixel.
   */
  private void blendRows(int upper, int lower, float lowerWeight) {
    float upperWeight = 1 - lowerWeight;

    for (int col = 0; col < cols; col++) {
      blendedRow[cols + col] =
          upperWeight * image[upper * cols + col] + lowerWeight * image[lower * cols + col];
    }

    for (int col = 0; col < cols; col++) {
      blendedRow[col] = blendedRow[cols];
      blendedRow[2 * cols + col] = blendedRow[2 * cols - 1];
    }

    blendedRow[3 * cols] = blendedRow[2 * cols - 1];
  }

  private void blendCols(int across, float rightWeight, float[] to, int start) {
    float leftWeight = 1 - rightWeight;
    int source = cols + across;

    for (int col = 0; col < cols; col++) {
      to[start + col] =
          leftWeight * blendedRow[source + col] + rightWeight * blendedRow[source + col + 1];
    }
  }

  private void reverse(float[] to, int start) {
    for (int left = start, right = start + cols - 1; left < right; left++, right--) {
      float swapped = to[left];
      to[left] = to[right];
      to[right] = swapped;
    }
  }

  private int clamp(int row) {
    return Math.max(0, Math.min(row, rows - 1));
  }
}
