package org.lrsweep.schedule;

/** What the schedules ask of their numbers. */
final class Check {

  private Check() {}

  static void given(String name, Object value) {
    require(value != null, name + " must be given, found null");
  }

  static void range(double baseLr, double maxLr) {
    require(
        Double.isFinite(baseLr) && baseLr >= 0, "baseLr must be finite and >= 0, found " + baseLr);
    require(
        Double.isFinite(maxLr) && maxLr >= baseLr,
        "maxLr must be finite and >= baseLr (" + baseLr + "), found " + maxLr);
  }

  static void growth(double startLr, double endLr) {
    positive("startLr", startLr);
    require(
        Double.isFinite(endLr) && endLr > startLr,
        "endLr must be finite and > startLr (" + startLr + "), found " + endLr);
  }

  static void positive(String name, double value) {
    require(Double.isFinite(value) && value > 0, name + " must be finite and > 0, found " + value);
  }

  static void atLeast(String name, long value, long least) {
    require(value >= least, name + " must be >= " + least + ", found " + value);
  }

  static void factor(String name, double value) {
    require(value > 0 && value <= 1, name + " must be > 0 and <= 1, found " + value);
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
