package org.lrsweep.training.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The weighted mean of flat float arrays, summed in the order given: float addition is not
 * associative, and the bits must not depend on which worker ended first.
 */
public final class WeightedMean {
  /** Floats summed at a time: small enough to stay in the first-level cache. */
  private static final int CHUNK = 2048;

  private WeightedMean() {}

  /**
   * Sums {@code weights[i] * terms[i]}.
   *
   * @param terms at least one; little-endian floats, all of one length
   * @param weights one a term
   * @param means each takes the sum, of that length too; may be the terms themselves
   */
  public static void write(List<ByteBuffer> terms, float[] weights, List<ByteBuffer> means) {
    int floats = terms.get(0).remaining() / Float.BYTES;
    List<FloatBuffer> targets = means.stream().map(WeightedMean::floats).toList();
    List<FloatBuffer> sources = terms.stream().map(WeightedMean::floats).toList();
    float[] sum = new float[CHUNK];
    float[] term = new float[CHUNK];
    for (int from = 0; from < floats; from += CHUNK) {
      int count = Math.min(CHUNK, floats - from);
      Arrays.fill(sum, 0);
      for (int i = 0; i < weights.length; i++) {
        sources.get(i).get(from, term, 0, count);
        addScaled(sum, term, weights[i]);
      }
      for (FloatBuffer target : targets) {
        target.put(from, sum, 0, count);
      }
    }
  }

  private static FloatBuffer floats(ByteBuffer bytes) {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /**
   * Over the whole chunk, so that the compiler unrolls it; what lies behind the end is not used.
   */
  private static void addScaled(float[] sum, float[] term, float weight) {
    for (int i = 0; i < CHUNK; i++) {
      sum[i] += weight * term[i];
    }
  }
}
