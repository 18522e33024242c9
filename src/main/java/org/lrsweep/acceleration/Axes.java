package org.lrsweep.acceleration;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The order in which an array names its axes; it says nothing about the layout in memory. */
enum Axes {
  /** [batch, channels, height, width]. */
  NCHW(0, 1, 2, 3),
  /** [batch, height, width, channels]. */
  NHWC(0, 3, 1, 2);

  private final int batch;
  private final int channels;
  private final int height;
  private final int width;

  Axes(int batch, int channels, int height, int width) {
    this.batch = batch;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  static Axes of(CNN2DFormat format) {
    return format == CNN2DFormat.NCHW ? NCHW : NHWC;
  }

  ImageBatch shape(INDArray array) {
    return new ImageBatch(
        array.size(batch), array.size(channels), array.size(height), array.size(width));
  }

  /** Strides by batch, channels, height, width. */
  long[] strides(INDArray array) {
    return new long[] {
      array.stride(batch), array.stride(channels), array.stride(height), array.stride(width)
    };
  }

  /** Names the axes of an array [batch, height, width, channels] in this order. */
  INDArray name(INDArray channelsLast) {
    return this == NCHW ? channelsLast.permute(0, 3, 1, 2) : channelsLast;
  }
}
