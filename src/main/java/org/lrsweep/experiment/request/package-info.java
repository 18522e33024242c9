/**
 * What is asked of a run beside its configuration: which run, its labels, whose range; and the
 * refusal.
 */
package org.lrsweep.experiment.request;
