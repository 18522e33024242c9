package org.lrsweep.curve;

/**
 * Repeated range tests as one curve, with the spread between them. All three curves have the same
 * learning rates.
 *
 * @param median the median of the curves, point by point
 * @param lowerQuartile a quarter of the curves is below
 * @param upperQuartile a quarter of the curves is above
 */
public record CombinedCurve(Curve median, Curve lowerQuartile, Curve upperQuartile) {}
