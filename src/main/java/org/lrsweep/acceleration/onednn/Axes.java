package org.lrsweep.acceleration.onednn;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The order in which a layer's arrays name their axes. It says nothing about the layout in memory;
 * only arrays in blocks have their axes as they lie, whatever the layer.
 */
public enum Axes {
  /** [batch, channels, height, width]. */
  NCHW(0, 1, 2, 3, Layout.CHANNELS_FIRST),
  /** [batch, height, width, channels]. */
  NHWC(0, 3, 1, 2, Layout.CHANNELS_LAST);

  private final int batch;
  private final int channels;
  private final int height;
  private final int width;
  private final Layout plain;

  Axes(int batch, int channels, int height, int width, Layout plain) {
    this.batch = batch;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.plain = plain;
  }

  public static Axes of(CNN2DFormat format) {
    return format == CNN2DFormat.NCHW ? NCHW : NHWC;
  }

  /** The layout of arrays that lie in the order of their axes, as those of stock layers do. */
  public Layout plain() {
    return plain;
  }

  /**
   * The shape of an array and the layout that kernels want it in: in blocks if it is, else channels
   * last, wherever its values lie; a layer's input reorder brings them there.
   */
  public ImageBatch images(INDArray array) {
    if (Layout.isBlocked(array)) {
      return new ImageBatch(
          array.size(0),
          array.size(1) * array.size(4),
          array.size(2),
          array.size(3),
          Layout.BLOCKED,
          Precision.of(array));
    }
    return new ImageBatch(
        array.size(batch),
        array.size(channels),
        array.size(height),
        array.size(width),
        Layout.CHANNELS_LAST,
        Precision.of(array));
  }

  /**
   * An array of floats in this order of axes, copied if it was in blocks or not of floats: what a
   * stock layer takes.
   */
  public INDArray plain(INDArray array) {
    INDArray floats = array.castTo(DataType.FLOAT);
    if (!Layout.isBlocked(floats)) {
      return floats;
    }
    INDArray channelsFirst =
        floats
            .permute(0, 1, 4, 2, 3)
            .dup('c')
            .reshape(array.size(0), array.size(1) * array.size(4), array.size(2), array.size(3));
    return this == NCHW ? channelsFirst : channelsFirst.permute(0, 2, 3, 1);
  }

  /** Strides by batch, channels, height, width. */
  public long[] strides(INDArray array) {
    return new long[] {
      array.stride(batch), array.stride(channels), array.stride(height), array.stride(width)
    };
  }

  /** Names the axes of an array whose axes are those of the layout. */
  public INDArray name(INDArray array, Layout layout) {
    if (layout == Layout.BLOCKED || layout == plain) {
      return array;
    }
    return this == NCHW ? array.permute(0, 3, 1, 2) : array.permute(0, 2, 3, 1);
  }
}
