package org.lrsweep.finder;

import java.io.Serializable;

/**
 * A range test's stop rule between two steps.
 *
 * @param steps how many steps were recorded
 * @param firstLr the first step's learning rate, 0 before it
 * @param firstLoss the first step's loss, 0 before it
 * @param average the exponential average of the losses, not debiased
 * @param best the lowest smoothed loss, 0 before the first step
 * @param stopReason why the test stopped, null while it goes on
 */
public record StopRuleState(
    long steps,
    double firstLr,
    double firstLoss,
    double average,
    double best,
    StopReason stopReason)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Before the first step. */
  public static final StopRuleState START = new StopRuleState(0, 0, 0, 0, 0, null);
}
