/**
 * What a configuration stands for: networks, trials, steps, and what they need of memory and disk.
 */
package org.lrsweep.experiment.plan;
