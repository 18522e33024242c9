package org.lrsweep.acceleration.onednn;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A kernel's way over an image, in oneDNN's terms. Every array holds height, then width. */
public final class Window {

  private final int[] kernel;
  private final int[] stride;
  private final int[] dilation;
  private final long[] paddingBefore;
  private final long[] paddingAfter;
  private final int[] outputSize;

  /**
   * The window as Deeplearning4j defines it.
   *
   * @throws RuntimeException if the kernel does not fit the input, as stock layers do
   */
  public Window(
      INDArray input,
      CNN2DFormat format,
      int[] kernel,
      int[] stride,
      int[] padding,
      int[] dilation,
      ConvolutionMode mode) {
    this.kernel = kernel;
    this.stride = stride;
    this.dilation = dilation;
    boolean same = mode == ConvolutionMode.Same;
    ImageBatch images = Axes.of(format).images(input);
    // Height and width of an array in blocks are where NCHW has them.
    outputSize =
        ConvolutionUtils.getOutputSize(
            input,
            kernel,
            stride,
            same ? null : padding,
            mode,
            dilation,
            images.layout() == Layout.BLOCKED ? CNN2DFormat.NCHW : format);
    int[] inputSize = {(int) images.height(), (int) images.width()};
    int[] before =
        same
            ? ConvolutionUtils.getSameModeTopLeftPadding(
                outputSize, inputSize, kernel, stride, dilation)
            : padding;
    paddingBefore = longs(before);
    paddingAfter = new long[2];
    for (int axis = 0; axis < 2; axis++) {
      int reach = (outputSize[axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1;
      paddingAfter[axis] = Math.max(0, reach - inputSize[axis] - before[axis]);
    }
  }

  /**
   * The window of a transposed convolution as Deeplearning4j defines it: over the output, at each
   * of whose places it writes.
   */
  public static Window transposed(
      INDArray input,
      CNN2DFormat format,
      int[] kernel,
      int[] stride,
      int[] padding,
      int[] dilation,
      ConvolutionMode mode) {
    boolean same = mode == ConvolutionMode.Same;
    ImageBatch images = Axes.of(format).images(input);
    int[] outputSize =
        ConvolutionUtils.getDeconvolutionOutputSize(
            input,
            kernel,
            stride,
            same ? null : padding,
            mode,
            dilation,
            images.layout() == Layout.BLOCKED ? CNN2DFormat.NCHW : format);
    int[] inputSize = size(images);
    long[] before = new long[2];
    long[] after = new long[2];
    for (int axis = 0; axis < 2; axis++) {
      int reach = (inputSize[axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1;
      int beyond = reach - outputSize[axis];
      before[axis] = same ? beyond / 2 : padding[axis];
      after[axis] = beyond - before[axis];
    }
    return new Window(kernel, stride, dilation, before, after, outputSize);
  }

  private Window(
      int[] kernel,
      int[] stride,
      int[] dilation,
      long[] paddingBefore,
      long[] paddingAfter,
      int[] outputSize) {
    this.kernel = kernel;
    this.stride = stride;
    this.dilation = dilation;
    this.paddingBefore = paddingBefore;
    this.paddingAfter = paddingAfter;
    this.outputSize = outputSize;
  }

  private Window(int[] kernel, int... outputSize) {
    this(kernel, new int[] {1, 1}, new int[] {1, 1}, new long[2], new long[2], outputSize);
  }

  /** The window over whole images. */
  public static Window whole(ImageBatch images) {
    return new Window(size(images), 1, 1);
  }

  /** The window that is at each pixel of the images, and as large. */
  public static Window ofOnePixel(ImageBatch images) {
    return new Window(new int[] {1, 1}, size(images));
  }

  private static int[] size(ImageBatch images) {
    return new int[] {Math.toIntExact(images.height()), Math.toIntExact(images.width())};
  }

  ImageBatch output(ImageBatch input, long channels) {
    return new ImageBatch(
        input.batch(), channels, outputSize[0], outputSize[1], input.layout(), input.precision());
  }

  /** Whether it is a square of this size that visits every pixel and leaves none out. */
  boolean isDenseOf(int size) {
    return Arrays.equals(kernel, new int[] {size, size})
        && Arrays.equals(stride, new int[] {1, 1})
        && Arrays.equals(dilation, new int[] {1, 1});
  }

  long[] kernel() {
    return longs(kernel);
  }

  long[] stride() {
    return longs(stride);
  }

  /** oneDNN counts the pixels that are left out between two taps. */
  long[] dilation() {
    return new long[] {dilation[0] - 1, dilation[1] - 1};
  }

  long[] paddingBefore() {
    return paddingBefore.clone();
  }

  long[] paddingAfter() {
    return paddingAfter.clone();
  }

  private static long[] longs(int[] values) {
    return new long[] {values[0], values[1]};
  }
}
