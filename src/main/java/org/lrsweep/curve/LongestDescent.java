package org.lrsweep.curve;

import java.util.Arrays;

/**
 * The longest strictly falling subsequence of the smoothed losses, as fastai's valley measures it.
 *
 * @param end the first point at which the longest subsequence ends
 * @param length its number of points
 */
record LongestDescent(int end, int length) {

  /**
   * In n log n, where the original compares every pair of points.
   *
   * @param curve finite smoothed losses, at least one point
   */
  static LongestDescent of(Curve curve) {
    // highest[k]: the negated highest loss that ends a falling subsequence of k + 1 points.
    double[] highest = new double[curve.size()];
    int longest = 0;
    int end = 0;
    for (int i = 0; i < curve.size(); i++) {
      double key = -curve.smoothedLoss(i) + 0.0;
      int found = Arrays.binarySearch(highest, 0, longest, key);
      int position = found >= 0 ? found : -found - 1;
      highest[position] = key;
      if (position == longest) {
        longest++;
        end = i;
      }
    }
    return new LongestDescent(end, longest);
  }

  /**
   * About half the way into the valley: a third of its length and half of that again past its
   * start. The start is taken {@code length} points before the end, as if the points were
   * neighbours; that is one point early, and before the curve if all of it falls.
   */
  int middle() {
    double third = length / 3.0;
    return Math.max(0, end - length + (int) third + (int) (third / 2));
  }
}
