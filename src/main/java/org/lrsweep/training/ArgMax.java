package org.lrsweep.training;

/** The index of the largest value; the first of several. */
final class ArgMax {
  private ArgMax() {}

  static int of(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
