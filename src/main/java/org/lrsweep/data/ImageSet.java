package org.lrsweep.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Grey images with their labels: unsigned-byte pixels [count, rows, cols] and one label each.
 *
 * <p>Immutable and thread safe. It holds two plain byte arrays, so that Java serialisation, and
 * with it a broadcast to executors, costs little more than copying them.
 */
public final class ImageSet implements Serializable {

  private static final long serialVersionUID = 1;

  private final int rows;
  private final int cols;
  private final byte[] pixels;
  private final byte[] labels;

  /** Keeps the arrays: the caller must not write to them any more. */
  public ImageSet(int rows, int cols, byte[] pixels, byte[] labels) {
    if (rows < 1 || cols < 1) {
      throw new IllegalArgumentException(
          "rows and cols must be at least 1, found " + rows + " and " + cols);
    }

    if (pixels.length != (long) labels.length * rows * cols) {
      throw new IllegalArgumentException(
          "%s labels need %s x %s x %s pixels, found %s"
              .formatted(labels.length, labels.length, rows, cols, pixels.length));
    }

    this.rows = rows;
    this.cols = cols;
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Makes a set of a copy of the arrays.
   *
   * @param rows the height of an image, at least 1
   * @param cols the width of an image, at least 1
   * @param pixels unsigned bytes [labels.length, rows, cols]
   * @param labels unsigned bytes, a class each
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public static ImageSet of(int rows, int cols, byte[] pixels, byte[] labels) {
    return new ImageSet(rows, cols, pixels.clone(), labels.clone());
  }

  /** The number of images. */
  public int size() {
    return labels.length;
  }

  /** The height of an image in pixels. */
  public int rows() {
    return rows;
  }

  /** The width of an image in pixels. */
  public int cols() {
    return cols;
  }

  /** The class of image i, 0 to 255. */
  public int label(int i) {
    return Byte.toUnsignedInt(labels[i]);
  }

  /**
   * The images from (inclusive) to (exclusive).
   *
   * @throws IndexOutOfBoundsException unless 0 &lt;= from &lt;= to &lt;= size()
   */
  public ImageSet slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size());

    if (from == 0 && to == size()) {
      return this;
    }

    return new ImageSet(
        rows,
        cols,
        Arrays.copyOfRange(pixels, from * rows * cols, to * rows * cols),
        Arrays.copyOfRange(labels, from, to));
  }

  /**
   * The first n images.
   *
   * @throws IndexOutOfBoundsException unless 0 &lt;= n &lt;= size()
   */
  public ImageSet first(int n) {
    return slice(0, n);
  }

  /**
   * The images at the given indices, in their order; an index may come twice.
   *
   * @throws IndexOutOfBoundsException unless 0 &lt;= index &lt; size() for each
   */
  public ImageSet subset(int[] indices) {
    int imageSize = rows * cols;
    byte[] chosenPixels = new byte[Math.multiplyExact(indices.length, imageSize)];
    byte[] chosenLabels = new byte[indices.length];

    for (int i = 0; i < indices.length; i++) {
      int index = Objects.checkIndex(indices[i], size());
      System.arraycopy(pixels, index * imageSize, chosenPixels, i * imageSize, imageSize);
      chosenLabels[i] = labels[index];
    }

    return new ImageSet(rows, cols, chosenPixels, chosenLabels);
  }

  /**
   * The images resized bilinearly, as OpenCV does; this set itself if it has that size.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   */
  public ImageSet resized(int height, int width) {
    return BilinearResize.resize(this, height, width);
  }

  /** Unsigned bytes [count, rows, cols], not to be written to. */
  public byte[] pixels() {
    return pixels;
  }

  /** Unsigned bytes [count], not to be written to. */
  public byte[] labels() {
    return labels;
  }

  @Override
  public String toString() {
    return "ImageSet[%s x %s x %s]".formatted(size(), rows, cols);
  }
}
