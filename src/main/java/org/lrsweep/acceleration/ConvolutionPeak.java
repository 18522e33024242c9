package org.lrsweep.acceleration;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What the machine gives at best: a direct convolution of a shape that suits its vectors. */
public final class ConvolutionPeak {

  private static final ImageBatch IMAGES = new ImageBatch(64, 160, 15, 15);
  private static final int[] ONES = {1, 1};
  private static final int RUNS = 10;

  private ConvolutionPeak() {}

  /**
   * Measures 3x3 convolutions of 160 channels on the calling thread's number of threads.
   *
   * @return 10^9 operations in a second, of the fastest of several runs
   * @throws IllegalStateException if this platform has no oneDNN
   */
  public static double gflopPerS() {
    if (!OneDnn.isAvailable()) {
      throw new IllegalStateException("the convolution peak cannot be measured without oneDNN");
    }
    Window window =
        new Window(
            Nd4j.createUninitialized(DataType.FLOAT, IMAGES.sizes()),
            CNN2DFormat.NCHW,
            new int[] {3, 3},
            ONES,
            ONES,
            ONES,
            ConvolutionMode.Same);
    ConvolutionKernels kernels =
        ConvolutionKernels.direct(new Workbench(), IMAGES, IMAGES.channels(), window);
    Buffer source = Buffer.zeros(IMAGES.length());
    Buffer weights = Buffer.zeros(9 * IMAGES.channels() * IMAGES.channels());
    Buffer bias = Buffer.zeros(IMAGES.channels());
    Buffer target = Buffer.zeros(IMAGES.length());
    long best = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      kernels.forward(source.address(), weights.address(), bias.address(), target.address());
      best = Math.min(best, System.nanoTime() - start);
    }
    return 2.0 * 9 * IMAGES.channels() * IMAGES.length() / best;
  }
}
