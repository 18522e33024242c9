package org.lrsweep.bench;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.ExamplePipeline;
import org.lrsweep.data.ImageSet;

/**
 * Times what a batch costs before a network sees it: 28x28 images resized to 32x32, shifted and
 * flipped, scaled, with one-hot labels. Training resizes once and not for each batch, so this is
 * more than a step really pays.
 */
final class PipelineBench {
  private static final int FROM = 28;
  private static final int TO = 32;
  private static final int CLASSES = 10;
  private static final int IMAGES = 2048;
  private static final int RUNS = 200;

  private PipelineBench() {}

  /** Median milliseconds of a batch, on one thread. */
  static double medianMs(int batch) {
    ImageSet images = images();
    int[] indices = IntStream.range(0, batch).toArray();
    float[] features = new float[batch * TO * TO];
    float[] labels = new float[batch * CLASSES];
    double[] milliseconds = new double[RUNS];
    for (int run = 0; run < 2 * RUNS; run++) {
      int from = run * batch % (IMAGES - batch + 1);
      long start = System.nanoTime();
      ImageSet resized = images.slice(from, from + batch).resized(TO, TO);
      new ExamplePipeline(resized, TO, TO, new Augmentation(0.1, Augmentation.Flip.HORIZONTAL), 42)
          .fill(indices, 0, batch, run, features, labels, CLASSES);
      milliseconds[run % RUNS] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    return milliseconds[RUNS / 2];
  }

  private static ImageSet images() {
    Random random = new Random(42);
    byte[] pixels = new byte[IMAGES * FROM * FROM];
    random.nextBytes(pixels);
    byte[] labels = new byte[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
    }
    return ImageSet.of(FROM, FROM, pixels, labels);
  }
}
