package org.lrsweep.curve;

/**
 * What fastai cuts off before it asks its methods: the first tenth of the points, the last five,
 * and all from the first NaN on. An infinite loss ends the curve too, which fastai overlooks.
 */
final class FastaiTrim {

  private static final int FIRST = 10;
  private static final int LAST = 5;

  private FastaiTrim() {}

  static Curve of(Curve curve) {
    return curve.between(curve.size() / FIRST, curve.size() - LAST).beforeFirstNonFinite();
  }
}
