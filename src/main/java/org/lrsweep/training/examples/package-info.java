/** A worker's examples, and how minibatches are made of them. */
package org.lrsweep.training.examples;
