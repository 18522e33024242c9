/**
 * What ND4J and Deeplearning4j themselves do slowly, done anew: updaters, gradients' views, shapes.
 */
package org.lrsweep.acceleration.nd4j;
