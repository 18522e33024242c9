package org.lrsweep.network;

/** The index of the largest value; the first of several. */
public final class ArgMax {
  private ArgMax() {}

  public static int of(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
