package org.lrsweep.curve;

/**
 * ktrain's longest valley: fastai's {@code valley} on the whole curve.
 *
 * @see Valley
 */
final class LongestValley implements RangeMethod {

  @Override
  public String name() {
    return "longest-valley";
  }

  @Override
  public Suggestion suggest(Curve curve) {
    return Valley.middleOfLongest(name(), curve.beforeFirstNonFinite());
  }
}
