/**
 * The ranges that trials are made with: what the methods say, the configuration, or an earlier run.
 */
package org.lrsweep.experiment.range;
