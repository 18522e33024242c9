package org.lrsweep.training.exchange;

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
public final class WeightedMean {
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
  public static List<Runnable> pieces(
      List<ByteBuffer> terms, float[] weights, List<ByteBuffer> means) {
    List<Runnable> pieces = new ArrayList<>();
    int length = terms.get(0).remaining();
    for (int at = 0; at < length; at += PIECE) {
      int from = at;
      int bytes = Math.min(PIECE, length - at);
      pieces.add(() -> write(slices(terms, from, bytes), weights, slices(means, from, bytes)));
    }
    return pieces;
  }

  private static List<ByteBuffer> slices(List<ByteBuffer> buffers, int from, int bytes) {
    return buffers.stream().map(buffer -> buffer.slice(from, bytes)).toList();
  }

  private static void write(List<ByteBuffer> terms, float[] weights, List<ByteBuffer> means) {
    if (terms.size() == 1) {
      means.forEach(mean -> mean.put(terms.get(0).duplicate()));
      return;
    }
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
