package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.memory.format_tag;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The order in which the values of a batch of images lie in memory, without gaps. */
public enum Layout {
  /** [batch, channels, height, width]. */
  CHANNELS_FIRST(format_tag.nchw) {
    @Override
    long[] inMemory(long[] sizes) {
      return sizes;
    }
  },
  /** [batch, height, width, channels]. */
  CHANNELS_LAST(format_tag.nhwc) {
    @Override
    long[] inMemory(long[] sizes) {
      return new long[] {sizes[0], sizes[2], sizes[3], sizes[1]};
    }
  },
  /**
   * [batch, channels / 16, height, width, 16], for channels that are a multiple of 16. What
   * oneDNN's Winograd kernels work on, and what its kernels for images of few channels put out.
   */
  BLOCKED(format_tag.nChw16c) {
    @Override
    long[] inMemory(long[] sizes) {
      return new long[] {sizes[0], sizes[1] / BLOCK, sizes[2], sizes[3], BLOCK};
    }
  };

  private static final int BLOCK = 16;
  private static final int BLOCKED_AXES = 5;

  private final format_tag tag;

  Layout(format_tag tag) {
    this.tag = tag;
  }

  /**
   * The sizes of the axes, in the order in which they lie in memory.
   *
   * @param sizes of batch, channels, height, width
   */
  abstract long[] inMemory(long[] sizes);

  /** oneDNN's name of the order. */
  format_tag tag() {
    return tag;
  }

  /** Whether so many channels can lie in blocks. */
  static boolean canBlock(long channels) {
    return channels % BLOCK == 0;
  }

  /** Whether an array's axes can be those of the blocked layout, which no stock layer knows. */
  public static boolean isBlocked(INDArray array) {
    return array.rank() == BLOCKED_AXES && array.size(BLOCKED_AXES - 1) == BLOCK;
  }
}
