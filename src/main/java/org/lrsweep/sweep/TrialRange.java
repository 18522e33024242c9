package org.lrsweep.sweep;

import java.util.Optional;
import org.lrsweep.schedule.LrRange;

/**
 * A range to make trials with, and where it comes from.
 *
 * @param bounds of the learning rate
 * @param method the range method that chose it; empty if a user did
 */
public record TrialRange(LrRange bounds, Optional<String> method) {

  /** A range that a user gave. */
  public static TrialRange given(LrRange bounds) {
    return new TrialRange(bounds, Optional.empty());
  }

  /** A range that a method chose. */
  public static TrialRange by(String method, LrRange bounds) {
    return new TrialRange(bounds, Optional.of(method));
  }

  /** Both bounds at the upper one. */
  TrialRange top() {
    return new TrialRange(new LrRange(bounds.maxLr(), bounds.maxLr()), method);
  }
}
