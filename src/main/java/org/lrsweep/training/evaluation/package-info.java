/** What a network answers to a test set: loss, confusion, sums for other metrics. */
package org.lrsweep.training.evaluation;
