package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.memory;

/**
 * The shape of a batch of images, or of activations that came of them, and how it lies in memory:
 * in which order, and as which numbers.
 */
public record ImageBatch(
    long batch, long channels, long height, long width, Layout layout, Precision precision) {

  /** In single precision. */
  public ImageBatch(long batch, long channels, long height, long width, Layout layout) {
    this(batch, channels, height, width, layout, Precision.FLOAT);
  }

  public long length() {
    return batch * channels * height * width;
  }

  public ImageBatch withChannels(long number) {
    return new ImageBatch(batch, number, height, width, layout, precision);
  }

  public ImageBatch in(Layout other) {
    return new ImageBatch(batch, channels, height, width, other, precision);
  }

  public ImageBatch in(Precision other) {
    return new ImageBatch(batch, channels, height, width, layout, other);
  }

  public memory.desc description() {
    return new memory.desc(sizes(), precision.kernels(), layout.tag());
  }

  /** A layout by its strides, in elements, of batch, channels, height, width. */
  public memory.desc withStrides(long[] strides) {
    return new memory.desc(sizes(), precision.kernels(), strides);
  }

  /**
   * Whether the images are channels last and so at these strides, of batch, channels, height,
   * width; an axis of size 1 has none.
   */
  public boolean liesAt(long[] strides) {
    if (layout != Layout.CHANNELS_LAST) {
      return false;
    }
    long[] wanted = {height * width * channels, 1, width * channels, channels};
    long[] sizes = sizes();
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] > 1 && strides[axis] != wanted[axis]) {
        return false;
      }
    }
    return true;
  }

  /** The sizes of the axes, in the order in which they lie in memory. */
  public long[] sizesInMemory() {
    return layout.inMemory(sizes());
  }

  /** In oneDNN's order, whatever the layout: batch, channels, height, width. */
  public long[] sizes() {
    return new long[] {batch, channels, height, width};
  }
}
