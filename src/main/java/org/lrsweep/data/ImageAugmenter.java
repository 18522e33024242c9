package org.lrsweep.data;

import org.lrsweep.data.Augmentation.Motion;

/**
 * Augments images of any number of channels, all channels of an image alike. Not thread safe: it
 * reuses its buffers.
 */
public final class ImageAugmenter {

  private final Augmentation augmentation;
  private final long seed;
  private final int channels;
  private final int height;
  private final int width;
  private final ImageMover mover;

  /**
   * Makes an augmenter for images of one size.
   *
   * @param augmentation what to do to each image
   * @param seed decides what exactly, together with the epoch and the example's index
   * @param channels at least 1
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   */
  public ImageAugmenter(Augmentation augmentation, long seed, int channels, int height, int width) {
    this.augmentation = augmentation;
    this.seed = seed;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.mover = new ImageMover(height, width);
  }

  /**
   * Augments an image.
   *
   * @param from scaled values [channels, height, width] from 0 on
   * @param epoch the epoch, each of which has its own draws
   * @param index the example's index in the whole training set
   * @param to receives [channels, height, width] from toOffset on; another array
   */
  public void augment(float[] from, int epoch, int index, float[] to, int toOffset) {
    Motion motion = augmentation.motion(seed, epoch, index, height, width);
    int plane = height * width;

    for (int channel = 0; channel < channels; channel++) {
      mover.move(from, channel * plane, motion, to, toOffset + channel * plane);
    }
  }
}
