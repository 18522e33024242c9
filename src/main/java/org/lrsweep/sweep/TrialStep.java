package org.lrsweep.sweep;

/**
 * One update of a trial.
 *
 * @param step the update, 0-based
 * @param epoch the epoch of the update, 1-based
 * @param lr learning rate that it used
 * @param loss of its batch before the update; may be NaN or infinite
 */
public record TrialStep(long step, int epoch, double lr, double loss) {}
