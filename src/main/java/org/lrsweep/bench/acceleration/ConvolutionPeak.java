package org.lrsweep.bench.acceleration;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.lrsweep.acceleration.onednn.Buffer;
import org.lrsweep.acceleration.onednn.ConvolutionPrimitives;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.Layout;
import org.lrsweep.acceleration.onednn.OneDnn;
import org.lrsweep.acceleration.onednn.WeightsLayout;
import org.lrsweep.acceleration.onednn.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the machine gives at best: a direct convolution of a shape that suits its vectors, 3x3 with
 * 160 channels on [64, 160, 15, 15], on the number of threads of the thread that creates it. Not
 * thread-safe.
 */
public final class ConvolutionPeak {

  private static final ImageBatch IMAGES = new ImageBatch(64, 160, 15, 15, Layout.CHANNELS_LAST);
  private static final int[] ONES = {1, 1};
  private static final int RUNS = 10;

  private final ConvolutionPrimitives primitives;
  private final Buffer source = Buffer.zeros(IMAGES.length());
  private final Buffer weights = Buffer.zeros(9 * IMAGES.channels() * IMAGES.channels());
  private final Buffer bias = Buffer.zeros(IMAGES.channels());
  private final Buffer target = Buffer.zeros(IMAGES.length());

  /**
   * Makes the kernel and its memory.
   *
   * @throws IllegalStateException if this platform has no oneDNN
   */
  public ConvolutionPeak() {
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
    primitives =
        ConvolutionPrimitives.direct(
            new ExecutionContext(() -> false),
            IMAGES,
            WeightsLayout.dense(IMAGES.channels(), IMAGES.channels(), 3, 3),
            window);
  }

  /** Computes the convolution once: 6.6 * 10^9 operations. */
  public void run() {
    primitives.forward(source.address(), weights.address(), bias.address(), target.address());
  }

  /** 10^9 operations in a second, of the fastest of several runs. */
  public double gflopPerS() {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return 2.0 * 9 * IMAGES.channels() * IMAGES.length() / best;
  }
}
