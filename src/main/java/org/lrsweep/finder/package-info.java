/**
 * The range test and the methods that read a range off its curve.
 *
 * <p>The rules (smoothing, the stop, the suggestions) are plain Java: they take losses and learning
 * rates and know of no network and no cluster.
 */
package org.lrsweep.finder;
