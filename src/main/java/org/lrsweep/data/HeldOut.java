package org.lrsweep.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A set with a fraction of each class taken out of it. Which images are taken follows from their
 * pixels and a seed; images of a class that are equal stay together.
 *
 * @param rest what is left, in the order it was in
 * @param taken the fraction, in the order it was in
 */
record HeldOut(ImageSet rest, ImageSet taken) {
  /** Sets these draws apart from others of the same seed. */
  private static final long HELD_OUT = 0x74756f646c654800L;

  private static final int CLASSES = 256;

  /**
   * Takes a fraction of each class, at least one image and never all of a class that has two.
   *
   * @param fraction {@code 0 < fraction < 1}
   */
  static HeldOut of(ImageSet images, double fraction, long seed) {
    long[] keys = new long[images.size()];
    Arrays.setAll(keys, i -> key(images, i, seed));
    boolean[] out = new boolean[images.size()];
    for (int label = 0; label < CLASSES; label++) {
      take(keys, indices(images, label), fraction, out);
    }
    return new HeldOut(
        images.subset(IntStream.range(0, out.length).filter(i -> !out[i]).toArray()),
        images.subset(IntStream.range(0, out.length).filter(i -> out[i]).toArray()));
  }

  private static int[] indices(ImageSet images, int label) {
    return IntStream.range(0, images.size()).filter(i -> images.label(i) == label).toArray();
  }

  private static void take(long[] keys, int[] ofClass, double fraction, boolean[] out) {
    int[] drawn =
        Arrays.stream(ofClass)
            .boxed()
            .sorted(Comparator.comparingLong(i -> keys[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int end = (int) Math.min(drawn.length - 1L, Math.max(1, Math.round(fraction * drawn.length)));
    while (end > 0 && end < drawn.length && keys[drawn[end]] == keys[drawn[end - 1]]) {
      end--;
    }
    for (int i = 0; i < end; i++) {
      out[drawn[i]] = true;
    }
  }

  private static long key(ImageSet images, int image, long seed) {
    byte[] block = images.block(image);
    int from = images.offset(image);
    long hash = 0;
    for (int i = 0; i < images.rows() * images.cols(); i++) {
      hash = SplitMix64.mixed(hash + block[from + i]);
    }
    return SplitMix64.keyed(seed, HELD_OUT, hash).nextLong();
  }
}
