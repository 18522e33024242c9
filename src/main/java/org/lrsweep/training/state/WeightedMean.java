package org.lrsweep.training.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weighted mean of flat float arrays, summed in the order given: float addition is not
 * associative, and the bits must not depend on which worker ended first.
 */
final class WeightedMean {
  /** Floats summed at a time: small enough to stay in the first-level cache. */
  private static final int CHUNK = 2048;

  /** Bytes of one piece: enough of them for a few threads, few enough to cost nothing. */
  private static final int PIECE = 512 << 10;

  private WeightedMean() {}

  /**
   * Writes the mean, in pieces that may run at the same time.
   *
   * @param terms at least one; little-endian floats, all of one length
   * @param weights one a term; the sum is of {@code weights[i] * terms[i]}, or the term's own bits
   *     if it is the only one
   * @param means each takes the mean, of that length too; may be the terms themselves
   */
  static List<Runnable> pieces(List<Source> terms, float[] weights, List<ByteBuffer> means) {
    List<Runnable> pieces = new ArrayList<>();
    int length = terms.get(0).length();
    for (int at = 0; at < length; at += PIECE) {
      int from = at;
      int bytes = Math.min(PIECE, length - at);
      pieces.add(
          () ->
              write(
                  terms.stream().map(term -> term.slice(from, bytes)).toList(),
                  weights,
                  means.stream().map(mean -> floats(mean.slice(from, bytes))).toList()));
    }
    return pieces;
  }

  private static void write(List<Source> terms, float[] weights, List<FloatBuffer> means) {
    sum(terms.stream().map(Source::open).toList(), weights, means);
  }

  private static void sum(List<Source.Reader> terms, float[] weights, List<FloatBuffer> means) {
    float[] sum = new float[CHUNK];
    float[] term = new float[CHUNK];
    while (means.get(0).hasRemaining()) {
      int count = Math.min(CHUNK, means.get(0).remaining());
      if (terms.size() == 1) {
        terms.get(0).read(sum, 0, count);
      } else {
        Arrays.fill(sum, 0);
        for (int i = 0; i < weights.length; i++) {
          terms.get(i).read(term, 0, count);
          addScaled(sum, term, weights[i]);
        }
      }
      means.forEach(mean -> mean.put(sum, 0, count));
    }
  }

  private static FloatBuffer floats(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
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
