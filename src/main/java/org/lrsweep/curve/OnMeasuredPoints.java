package org.lrsweep.curve;

/**
 * A range method that is asked about the points that were measured: missing losses are skipped, in
 * the same way for all methods, and the reason tells this and whatever else was done to the points.
 */
final class OnMeasuredPoints implements RangeMethod {

  private final RangeMethod method;

  OnMeasuredPoints(RangeMethod method) {
    this.method = method;
  }

  @Override
  public String name() {
    return method.name();
  }

  @Override
  public Suggestion suggest(Curve curve) {
    Curve measured = MissingLosses.removed(curve);
    Suggestion answer = method.suggest(measured);
    for (String remark : measured.remarks()) {
      answer = answer.adding(remark);
    }
    return answer;
  }
}
