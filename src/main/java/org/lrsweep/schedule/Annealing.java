package org.lrsweep.schedule;

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

  /** What is left of the way at a progress in [0, 1]: 1 at 0, 0 at 1. */
  abstract double left(double progress);
}
