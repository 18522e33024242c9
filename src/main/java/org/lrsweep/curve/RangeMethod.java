package org.lrsweep.curve;

/**
 * A way to read a learning rate, or a range of them, off a curve.
 *
 * <p>Pure functions that answer any curve, be it empty or full of NaN: where there is no answer the
 * suggestion says why.
 */
public interface RangeMethod {

  /** The name in the configuration and in the result tables. */
  String name();

  /** The method's answer. */
  Suggestion suggest(Curve curve);
}
