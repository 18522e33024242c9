package org.lrsweep.sweep;

/**
 * One step of a trial.
 *
 * @param step 0-based
 * @param epoch the epoch of the step, 1-based
 * @param lr learning rate that it used
 * @param loss of its batch before its update; may be NaN or infinite
 */
public record TrialStep(long step, int epoch, double lr, double loss) {}
