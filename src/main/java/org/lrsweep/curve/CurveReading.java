package org.lrsweep.curve;

/**
 * A curve as it was read from a file, and what was taken for it.
 *
 * @param curve the curve
 * @param taken what a person may want to check: the columns, how the numbers are written, how many
 *     points there are and which rows were moved or left out, as in {@code took lr from column
 *     'learning_rate', loss from 'loss', semicolons, decimal commas, 450 points}
 */
public record CurveReading(Curve curve, String taken) {}
