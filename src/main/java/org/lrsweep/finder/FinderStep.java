package org.lrsweep.finder;

import java.io.Serializable;

/**
 * What the range test recorded of one step.
 *
 * @param step 0-based
 * @param lr the learning rate that the step used
 * @param lrMultiplier {@code lr} relative to the first step's, 1 at step 0
 * @param loss the loss of the step's batch; may be NaN or infinite in the last step of a test
 * @param smoothedLoss the debiased exponential average up to this step
 * @param bestLoss the lowest smoothed loss up to this step
 */
public record FinderStep(
    long step, double lr, double lrMultiplier, double loss, double smoothedLoss, double bestLoss)
    implements Serializable {

  private static final long serialVersionUID = 1L;
}
