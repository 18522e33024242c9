package org.lrsweep.schedule;

/**
 * A learning rate that falls in a straight line from its maximum to zero: {@code maxLr * (1 - step
 * / steps)}. Of all that has a budget known beforehand it is the simplest, and by Li, Yumer and
 * Ramanan, <a href="https://arxiv.org/abs/1905.04753">Budgeted Training</a>, hard to beat, so
 * cycles are compared with it.
 *
 * @param maxLr the learning rate of step 0, finite and {@code >= 0}
 * @param steps the step from which on the learning rate is zero, {@code >= 1}
 */
public record LinearDecay(double maxLr, long steps) implements Schedule {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public LinearDecay {
    Check.range(0, maxLr);
    Check.atLeast("steps", steps, 1);
  }

  @Override
  public double learningRate(long step) {
    return step >= steps ? 0 : maxLr * (1 - (double) step / steps);
  }
}
