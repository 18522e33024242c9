package org.lrsweep.schedule;

import java.util.List;
import java.util.Locale;

/** The shape of the way from one value to another. */
public enum Annealing {
  /** A straight line. */
  LINEAR {
    @Override
    double left(double progress) {
      return 1 - progress;
    }
  },
  /** Half a cosine wave: slow, fast, slow. */
  COSINE {
    @Override
    double left(double progress) {
      return (Math.cos(Math.PI * progress) + 1) / 2;
    }
  };

  /** The name in the configuration. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The shape of a name.
   *
   * @throws IllegalArgumentException if none has it
   */
  public static Annealing of(String label) {
    return Labels.find(label, List.of(values()), Annealing::label);
  }

  /** What is left of the way at a progress in [0, 1]: 1 at 0, 0 at 1. */
  abstract double left(double progress);
}
