package org.lrsweep.schedule;

import java.util.List;
import java.util.Locale;

/** How the learning rate of a range test grows. */
public enum Growth {
  /** By the same factor in every step, see {@link ExponentialSweep}; as the tutorial does. */
  EXPONENTIAL {
    @Override
    public Schedule schedule(double startLr, double endLr, long steps) {
      return new ExponentialSweep(startLr, endLr, steps);
    }
  },
  /** By the same amount in every step, see {@link LinearSweep}; as Smith's paper does. */
  LINEAR {
    @Override
    public Schedule schedule(double startLr, double endLr, long steps) {
      return new LinearSweep(startLr, endLr, steps);
    }
  };

  /** The name in the configuration. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The growth of a name.
   *
   * @throws IllegalArgumentException if none has it
   */
  public static Growth of(String label) {
    return Labels.find("growth", label, List.of(values()), Growth::label);
  }

  /**
   * The learning rate of each step.
   *
   * @param startLr of step 0, {@code > 0}
   * @param endLr that step {@code steps} would have, {@code > startLr}
   * @param steps how many, {@code >= 1}
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public abstract Schedule schedule(double startLr, double endLr, long steps);
}
