/** The range test: training under a growing learning rate, smoothing, the stop. */
package org.lrsweep.finder;
