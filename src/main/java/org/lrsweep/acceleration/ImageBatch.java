package org.lrsweep.acceleration;

import org.bytedeco.dnnl.memory;

/** The shape of a batch of images, or of the activations that came of them. */
record ImageBatch(long batch, long channels, long height, long width) {

  long length() {
    return batch * channels * height * width;
  }

  ImageBatch withChannels(long number) {
    return new ImageBatch(batch, number, height, width);
  }

  /** The layout that all accelerated layers share: [batch, height, width, channels]. */
  memory.desc channelsLast() {
    return withStrides(channelsLastStrides());
  }

  /** A layout by its strides, in elements, of batch, channels, height, width. */
  memory.desc withStrides(long[] strides) {
    return new memory.desc(sizes(), memory.data_type.f32, strides);
  }

  /** Whether these strides are those of {@link #channelsLast}; an axis of size 1 has none. */
  boolean isChannelsLast(long[] strides) {
    long[] wanted = channelsLastStrides();
    long[] sizes = sizes();
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] > 1 && strides[axis] != wanted[axis]) {
        return false;
      }
    }
    return true;
  }

  long[] channelsLastStrides() {
    return new long[] {height * width * channels, 1, width * channels, channels};
  }

  long[] sizes() {
    return new long[] {batch, channels, height, width};
  }
}
