package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.memory;

/** The shape of a convolution's weights, in oneDNN's terms, and how a layer has them in memory. */
public final class WeightsLayout {

  private static final int AXES_WITH_GROUPS = 5;

  /** [outputs, inputs, height, width], of one group; with groups, their number first. */
  private final long[] sizes;

  private final long[] strides;

  private WeightsLayout(long[] sizes, long[] strides) {
    this.sizes = sizes;
    this.strides = strides;
  }

  /**
   * Weights [outputs, inputs, height, width], in this order in memory.
   *
   * @param kernel height and width
   */
  public static WeightsLayout dense(long outputs, long inputs, int... kernel) {
    long pixels = pixels(kernel);
    return new WeightsLayout(
        new long[] {outputs, inputs, kernel[0], kernel[1]},
        new long[] {inputs * pixels, pixels, kernel[1], 1});
  }

  /**
   * Weights [inputs, outputs, height, width], in this order in memory: a transposed convolution's.
   *
   * @param kernel height and width
   */
  public static WeightsLayout transposed(long inputs, long outputs, int... kernel) {
    long pixels = pixels(kernel);
    return new WeightsLayout(
        new long[] {outputs, inputs, kernel[0], kernel[1]},
        new long[] {pixels, outputs * pixels, kernel[1], 1});
  }

  /**
   * Weights [height, width, channels, multiplier], in this order in memory, of a convolution that
   * makes each {@code multiplier} channels of its output from one of its input.
   *
   * @param kernel height and width
   */
  public static WeightsLayout depthwise(long channels, long multiplier, int... kernel) {
    long outputs = channels * multiplier;
    return new WeightsLayout(
        new long[] {channels, multiplier, 1, kernel[0], kernel[1]},
        new long[] {multiplier, 1, 1, kernel[1] * outputs, outputs});
  }

  /** The same, of weights [multiplier, channels, height, width] in memory. */
  public static WeightsLayout depthwiseOfSeparable(long channels, long multiplier, int... kernel) {
    long pixels = pixels(kernel);
    return new WeightsLayout(
        new long[] {channels, multiplier, 1, kernel[0], kernel[1]},
        new long[] {pixels, channels * pixels, pixels, kernel[1], 1});
  }

  /**
   * Weights [steps, inputs, outputs], in this order in memory, as kernels of one row: a
   * convolution's over steps.
   */
  public static WeightsLayout overSteps(long steps, long inputs, long outputs) {
    return new WeightsLayout(
        new long[] {outputs, inputs, 1, steps},
        new long[] {1, outputs, steps * inputs * outputs, inputs * outputs});
  }

  private static long pixels(int... kernel) {
    return (long) kernel[0] * kernel[1];
  }

  /** Whether each output channel reads but one input channel. */
  boolean isDepthwise() {
    return sizes.length == AXES_WITH_GROUPS;
  }

  /** How many channels the convolution puts out. */
  public long outputs() {
    return isDepthwise() ? sizes[0] * sizes[1] : sizes[0];
  }

  /** As they lie in the layer. */
  memory.desc description() {
    return new memory.desc(sizes, memory.data_type.f32, strides);
  }

  /** In whichever layout the kernel likes best. */
  memory.desc ofKernelsChoice(Precision precision) {
    return new memory.desc(sizes, precision.kernels(), memory.format_tag.any);
  }
}
