package org.lrsweep.data;

import java.util.Arrays;
import java.util.Objects;

/**
 * Turns images into what a network is fed: resized, augmented, scaled to 0 to 1, with one-hot
 * labels.
 *
 * <p>Resizing is done once, when the pipeline is made; augmenting each time. Immutable and thread
 * safe.
 */
public final class ExamplePipeline {

  private final ImageSet images;
  private final int firstIndex;
  private final Augmentation augmentation;
  private final long seed;

  /**
   * Makes a pipeline for a whole data set.
   *
   * @param images the examples
   * @param height the height in pixels to resize to, at least 1
   * @param width the width in pixels to resize to, at least 1
   * @param augmentation what to do to each image
   * @param seed decides what exactly, together with the epoch and the example's index
   */
  public ExamplePipeline(
      ImageSet images, int height, int width, Augmentation augmentation, long seed) {
    this(images, 0, height, width, augmentation, seed);
  }

  /**
   * Makes a pipeline for a slice of a data set, which gives the same images as one for the whole.
   *
   * @param firstIndex the index that the slice's first example has in the whole, at least 0
   * @see #ExamplePipeline(ImageSet, int, int, Augmentation, long)
   */
  public ExamplePipeline(
      ImageSet slice, int firstIndex, int height, int width, Augmentation augmentation, long seed) {
    if (firstIndex < 0) {
      throw new IllegalArgumentException("firstIndex must be at least 0, found " + firstIndex);
    }

    this.images = slice.resized(height, width);
    this.firstIndex = firstIndex;
    this.augmentation = augmentation;
    this.seed = seed;
  }

  /**
   * Writes a batch.
   *
   * @param indices the examples' indices in the whole data set
   * @param from where in indices the batch begins
   * @param count the size of the batch
   * @param epoch the epoch, which decides about the augmentation
   * @param features receives values from 0 to 1 [count, 1, height, width]; may be longer
   * @param oneHotLabels receives zeros and ones [count, classes]; may be longer
   * @param classes the number of classes
   * @throws IndexOutOfBoundsException if an index, a label or an array's length does not fit
   */
  public void fill(
      int[] indices,
      int from,
      int count,
      int epoch,
      float[] features,
      float[] oneHotLabels,
      int classes) {
    Objects.checkFromIndexSize(from, count, indices.length);
    int height = images.rows();
    int width = images.cols();
    ImageMover mover = new ImageMover(height, width);
    Arrays.fill(oneHotLabels, 0, count * classes, 0);

    for (int i = 0; i < count; i++) {
      int index = indices[from + i];
      int local = Objects.checkIndex(index - firstIndex, images.size());
      mover.move(
          images.block(local),
          images.offset(local),
          augmentation.motion(seed, epoch, index, height, width),
          features,
          i * height * width);
      oneHotLabels[i * classes + Objects.checkIndex(images.label(local), classes)] = 1;
    }
  }
}
