package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The order in which the values of a batch of images lie in memory, without gaps. */
public enum Layout {
  /** [batch, channels, height, width]. */
  CHANNELS_FIRST(format_tag.nchw) {
    @Override
    public long[] sizes(ImageBatch images) {
      return images.sizes();
    }
  },
  /** [batch, height, width, channels]. */
  CHANNELS_LAST(format_tag.nhwc) {
    @Override
    public long[] sizes(ImageBatch images) {
      return new long[] {images.batch(), images.height(), images.width(), images.channels()};
    }
  },
  /**
   * [batch, channels / 16, height, width, 16], for channels that are a multiple of 16. What
   * oneDNN's Winograd kernels work on, and what its kernels for images of few channels put out.
   */
  BLOCKED(format_tag.nChw16c) {
    @Override
    public long[] sizes(ImageBatch images) {
      return new long[] {
        images.batch(), images.channels() / BLOCK, images.height(), images.width(), BLOCK
      };
    }
  };

  private static final int BLOCK = 16;
  private static final int BLOCKED_AXES = 5;

  private final format_tag tag;

  Layout(format_tag tag) {
    this.tag = tag;
  }

  /** The sizes of the axes, in the order in which they lie in memory. */
  public abstract long[] sizes(ImageBatch images);

  memory.desc describe(ImageBatch images) {
    return new memory.desc(images.sizes(), images.precision().kernels(), tag);
  }

  static boolean canBlock(ImageBatch images) {
    return images.channels() % BLOCK == 0;
  }

  /** Whether an array's axes can be those of the blocked layout, which no stock layer knows. */
  public static boolean isBlocked(INDArray array) {
    return array.rank() == BLOCKED_AXES && array.size(BLOCKED_AXES - 1) == BLOCK;
  }
}
