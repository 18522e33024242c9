package org.lrsweep.data;

import java.io.Serializable;

/**
 * Random changes to training images, as Keras' {@code ImageDataGenerator} makes them with {@code
 * width_shift_range}, {@code height_shift_range}, {@code horizontal_flip} and {@code
 * fill_mode="nearest"}: a shift by a continuous, uniformly drawn distance with bilinear
 * interpolation, then a flip with probability 1/2.
 *
 * <p>What happens to an example is a pure function of the seed, the epoch and the example's index:
 * it does not depend on the batch, the worker or the thread.
 *
 * @param shiftFraction how far an image is shifted at most along each axis, as a part of its size;
 *     at least 0 and below 1
 * @param flip whether images are mirrored
 * @param crop how many pixels of zeros are thought around an image before a window of its size is
 *     cut out at a uniformly drawn place, at least 0; as torchvision's {@code RandomCrop} with
 *     {@code padding}. It comes before shift and flip.
 */
public record Augmentation(double shiftFraction, Flip flip, int crop) implements Serializable {

  /** Which way images are mirrored, half of them. */
  public enum Flip {
    /** Not at all. */
    NONE,
    /** Left to right. */
    HORIZONTAL
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException unless 0 &lt;= shiftFraction &lt; 1 and 0 &lt;= crop
   */
  public Augmentation {
    if (!(shiftFraction >= 0 && shiftFraction < 1)) {
      throw new IllegalArgumentException(
          "shiftFraction must be at least 0 and below 1, found " + shiftFraction);
    }
    if (crop < 0) {
      throw new IllegalArgumentException("crop must be at least 0, found " + crop);
    }
  }

  /** Shifts and flips without cropping. */
  public Augmentation(double shiftFraction, Flip flip) {
    this(shiftFraction, flip, 0);
  }

  /** Leaves images as they are. */
  public static Augmentation none() {
    return new Augmentation(0, Flip.NONE);
  }

  /** What one example undergoes in one epoch, for images of height x width. */
  Motion motion(long seed, int epoch, int index, int height, int width) {
    SplitMix64 random = SplitMix64.keyed(seed, epoch, index);
    double rows = random.between(-shiftFraction, shiftFraction) * height;
    double cols = random.between(-shiftFraction, shiftFraction) * width;
    boolean flipped = flip == Flip.HORIZONTAL && random.chance(0.5);
    if (crop == 0) {
      return new Motion(rows, cols, flipped);
    }
    int down = random.nextInt(2 * crop + 1) - crop;
    int across = random.nextInt(2 * crop + 1) - crop;
    return new Motion(rows, cols, flipped, down, across);
  }

  /**
   * A shift, and maybe a flip after it: pixel (r, c) of the shifted image is pixel (r + rows, c +
   * cols) of the original.
   *
   * @param rows the vertical distance in pixels
   * @param cols the horizontal distance in pixels
   * @param flipped whether the shifted image is mirrored left to right
   * @param cropRows by how many rows the window lies lower that was cut out before
   * @param cropCols by how many columns it lies further right
   */
  record Motion(double rows, double cols, boolean flipped, int cropRows, int cropCols) {
    Motion(double rows, double cols, boolean flipped) {
      this(rows, cols, flipped, 0, 0);
    }
  }
}
