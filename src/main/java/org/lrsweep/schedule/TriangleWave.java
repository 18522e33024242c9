package org.lrsweep.schedule;

/** Where a step is in a triangle wave; whole numbers, so that no cycle drifts. */
record TriangleWave(long stepsUp, long stepsDown) {

  /** The step's cycle, counted from 1. */
  long cycle(long step) {
    return Math.floorDiv(step, length()) + 1;
  }

  /** 0 at a cycle's ends, 1 at its peak. */
  double height(long step) {
    long position = Math.floorMod(step, length());
    return position <= stepsUp
        ? (double) position / stepsUp
        : (double) (length() - position) / stepsDown;
  }

  private long length() {
    return Math.addExact(stepsUp, stepsDown);
  }
}
