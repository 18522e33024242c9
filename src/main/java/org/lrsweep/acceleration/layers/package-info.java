/**
 * Deeplearning4j layers that run on oneDNN: each takes the place of a stock layer and keeps its
 * parameters, gradients and configuration.
 */
package org.lrsweep.acceleration.layers;
