package org.lrsweep.curve;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The range methods by name. */
public final class RangeMethods {

  private static final List<RangeMethod> ALL =
      Stream.of(
              new Descent(),
              new Valley(),
              new LongestValley(),
              new Steepest(),
              new Lightning(),
              new Minimum(),
              new Slide(),
              new Smith())
          .<RangeMethod>map(OnMeasuredPoints::new)
          .toList();

  private RangeMethods() {}

  /** Every method, LRSweep's own first. */
  public static List<RangeMethod> all() {
    return ALL;
  }

  /**
   * The method of a name.
   *
   * @throws IllegalArgumentException if no method has it
   */
  public static RangeMethod of(String name) {
    return ALL.stream()
        .filter(method -> method.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A range method must be one of "
                        + ALL.stream().map(RangeMethod::name).collect(Collectors.joining(", "))
                        + ", found "
                        + name));
  }

  /** Every method's answer, in the order of {@link #all()}. */
  public static List<Suggestion> suggestAll(Curve curve) {
    return ALL.stream().map(method -> method.suggest(curve)).toList();
  }

  /** The floor of a curve's loss; empty where {@code descent} gives no range. */
  public static Optional<Floor> floor(Curve curve) {
    return new Descent().read(MissingLosses.removed(curve)).floor();
  }
}
