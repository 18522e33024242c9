/**
 * Faster replacements for slow parts of ND4J and Deeplearning4j: updaters, gradients' views,
 * shapes.
 */
package org.lrsweep.acceleration.nd4j;
