package org.lrsweep.data;

import java.io.Serializable;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * Grey images with their labels: unsigned-byte pixels [count, rows, cols] and one label each.
 *
 * <p>Immutable and thread safe. It holds plain byte arrays, so that Java serialisation, and with it
 * a broadcast to executors, costs little more than copying them. All pixels together may be larger
 * than one array can be.
 */
public final class ImageSet implements Serializable {

  private static final long serialVersionUID = 1;

  private final int rows;
  private final int cols;
  private final ImageBlocks pixels;
  private final byte[] labels;

  /** Keeps the arrays: the caller must not write to them any more. */
  public ImageSet(int rows, int cols, byte[] pixels, byte[] labels) {
    this(rows, cols, ImageBlocks.of(pixels, imageSize(rows, cols)), labels);
  }

  /** Keeps the arrays: the caller must not write to them any more. */
  ImageSet(int rows, int cols, ImageBlocks pixels, byte[] labels) {
    if (pixels.bytes() != (long) labels.length * imageSize(rows, cols)) {
      throw new IllegalArgumentException(
          "%s labels need %s x %s x %s pixels, found %s"
              .formatted(labels.length, labels.length, rows, cols, pixels.bytes()));
    }

    this.rows = rows;
    this.cols = cols;
    this.pixels = pixels;
    this.labels = labels;
  }

  private static int imageSize(int rows, int cols) {
    if (rows < 1 || cols < 1) {
      throw new IllegalArgumentException(
          "rows and cols must be at least 1, found " + rows + " and " + cols);
    }

    return Math.multiplyExact(rows, cols);
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

    return picked(to - from, i -> from + i, ImageBlocks.BLOCK_BYTES);
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
    for (int index : indices) {
      Objects.checkIndex(index, size());
    }

    return picked(indices.length, i -> indices[i], ImageBlocks.BLOCK_BYTES);
  }

  /** So many images, each from where the operator says, in arrays of at most so many bytes. */
  ImageSet picked(int count, IntUnaryOperator from, int blockBytes) {
    int imageSize = rows * cols;
    ImageBlocks chosen = ImageBlocks.allocate(count, imageSize, blockBytes);
    byte[] chosenLabels = new byte[count];

    for (int i = 0; i < count; i++) {
      int image = from.applyAsInt(i);
      System.arraycopy(block(image), offset(image), chosen.block(i), chosen.offset(i), imageSize);
      chosenLabels[i] = labels[image];
    }

    return new ImageSet(rows, cols, chosen, chosenLabels);
  }

  /**
   * The images resized bilinearly, as OpenCV does; this set itself if it has that size.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   */
  public ImageSet resized(int height, int width) {
    return resized(height, width, ImageBlocks.BLOCK_BYTES);
  }

  /** The images in the new size, in arrays of at most so many bytes. */
  ImageSet resized(int height, int width, int blockBytes) {
    if (rows == height && cols == width) {
      return this;
    }

    BilinearResize resize = new BilinearResize(rows, cols, height, width);
    ImageBlocks resized =
        ImageBlocks.allocate(size(), Math.multiplyExact(height, width), blockBytes);

    for (int i = 0; i < size(); i++) {
      resize.resize(block(i), offset(i), resized.block(i), resized.offset(i));
    }

    return new ImageSet(height, width, resized, labels);
  }

  /** The array that holds image i, from its {@link #offset} on; not to be written to. */
  byte[] block(int i) {
    return pixels.block(i);
  }

  /** Where image i begins in its array. */
  int offset(int i) {
    return pixels.offset(i);
  }

  /**
   * Unsigned bytes [count, rows, cols], not to be written to.
   *
   * @throws ArithmeticException if that is more than one array can hold
   */
  public byte[] pixels() {
    return pixels.joined();
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
